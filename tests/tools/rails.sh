# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=Rails
get() { ruby -ractive_record -rpg -e 1 2>/dev/null || return 77; }
begin() {
  mkdir -p db/migrate
  cat >migrate.rb <<'END'
require 'active_record'
ActiveRecord::Base.establish_connection(ENV['DATABASE_URL'])
ActiveRecord::MigrationContext.new('db/migrate', ActiveRecord::SchemaMigration).migrate
END
  step 20240101000000 Users 'CREATE TABLE users (id int PRIMARY KEY, email text)'
}
step() {
  printf "class %s < ActiveRecord::Migration[6.1]\n  def up\n    execute '%s'\n  end\nend\n" "$2" "$3" >"db/migrate/$1_${2,,}.rb"
}
more() { step 20240102000000 Name 'ALTER TABLE users ADD name text'; }
apply() { ruby migrate.rb; }
