# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
# Alembic as one of its templates sets it up ($template), with SQLAlchemy 2.0; migrations and models alike.
says=Alembic
get() {
  home=$kept/sqlalchemy-2.0
  pip_get sqlalchemy==2.0.58 alembic==1.20.1 psycopg2-binary==2.9.13 asyncpg==0.32.0 greenlet
}
begin() {
  local driver=psycopg2
  [[ $template != *async ]] || driver=asyncpg
  "$home/venv/bin/alembic" init -t "$template" migrations
  sed -i "s|driver://user:pass@localhost/dbname2|postgresql+$driver://postgres@127.0.0.1:$PGPORT/postgres|
    s|driver://user:pass@localhost/dbname|postgresql+$driver://postgres@127.0.0.1:$PGPORT/$PGDATABASE|" alembic.ini
  model ''
  local target=Base.metadata
  [[ $template != multidb ]] || target='{"engine1": Base.metadata, "engine2": MetaData()}'
  sed -i "s|^target_metadata = .*|import sys; sys.path.insert(0, '.')\nfrom models import Base, MetaData\ntarget_metadata = $target|" migrations/env.py
  alembic revision --autogenerate -m users
}
alembic() { "$home/venv/bin/alembic" "$@"; }
model() {
  cat >models.py <<END
from sqlalchemy import Column, Integer, MetaData, Text
from sqlalchemy.orm import declarative_base
Base = declarative_base()
class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True, autoincrement=False)
    email = Column(Text)
$1
END
}
more() {
  model '    name = Column(Text)'
  alembic revision --autogenerate -m name
}
apply() { alembic upgrade head; }
# What the migrations and the models come to, with what the tool has made of them.
also() {
  local python=$home/venv/bin/python
  pgmend_says 0 'verdict: correct' verify --strict --schema sqlalchemy:models:Base --python "$python"
  if [[ $template == multidb ]]; then
    pgmend_says 2 'env.py connects to several databases' verify --schema alembic: --python "$python"
  else
    pgmend_says 0 'verdict: correct' verify --strict --schema alembic: --python "$python"
  fi
}
