# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=yoyo
get() { pip_get yoyo-migrations==9.0.0 psycopg2-binary==2.9.11 'setuptools<81'; }
begin() {
  mkdir migrations
  printf '[DEFAULT]\nsources = migrations\n' >yoyo.ini
  echo "CREATE TABLE users (id int PRIMARY KEY, email text)" >migrations/0001-users.sql
  echo "DROP TABLE users" >migrations/0001-users.rollback.sql
}
more() { printf 'from yoyo import step\nstep("ALTER TABLE users ADD name text")\n' >migrations/0002-name.py; }
apply() { "$home/venv/bin/yoyo" apply --batch --database "$DATABASE_URL" migrations; }
