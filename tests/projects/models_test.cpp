// SPDX-License-Identifier: MIT
// What models can say arrives in the lock file as the server would have it after create_all().
#include <gtest/gtest.h>

#include "project.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {
namespace {

constexpr auto k_head = R"py(
import enum
from sqlalchemy import *
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.orm import declarative_base
Base = declarative_base(metadata=MetaData(naming_convention={
    "pk": "pk_%(table_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s", "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(column_0_label)s"}))
)py";

class Models : public testing::Test {
 protected:
  /// The lock file of what is declared behind `Base`.
  std::string lock_of(const std::string& declarations,
                      const std::string& source = "sqlalchemy:models:Base") {
    m_project.folder().write("models.py", k_head + declarations);
    m_last = m_project.pgmend({"compile", source, "-o", "schema.lock"});
    EXPECT_EQ(m_last.exit_code, 0) << testing::PrintToString(m_last);
    return m_last.ok() ? m_project.folder().read("schema.lock") : "";
  }

  /// create_all() by the project's own driver.
  void create_all() {
    m_project.folder().write("make.py",
                             "import os, sqlalchemy, models\n"
                             "engine = sqlalchemy.create_engine(os.environ['DATABASE_URL'])\n"
                             "models.Base.metadata.create_all(engine)\n");
    m_project.must_run({"make.py"});
  }

  void expect_clean() {
    const auto run = m_project.plain_pgmend({"verify", "--schema", "schema.lock", "--strict"});
    EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  }

  Project m_project;
  RunResult m_last;
};

TEST_F(Models, ColumnsOfEverySort) {
  const auto lock = lock_of(R"py(
class Mood(enum.Enum):
    sad = 1
    ok = 2
class Thing(Base):
    __tablename__ = "thing"
    __table_args__ = (CheckConstraint("size % 2 = 0 AND name LIKE 'a%'", name="even"),
                      {"comment": "100% of it"})
    id = Column(BigInteger, Identity(always=True, start=7), primary_key=True)
    name = Column(String(40), unique=True, comment="it's a name")
    size = Column(Integer, nullable=False, server_default="4")
    mood = Column(Enum(Mood), server_default="ok")
    moods = Column(pg.ARRAY(Enum(Mood)))
    kind = Column(Enum("a", "b", native_enum=False, create_constraint=True, name="kind"))
    upper = Column(Text, Computed("upper(name)", persisted=True))
    made = Column(DateTime(timezone=True), server_default=func.now())
    data = Column(pg.JSONB, server_default=text("'{\"a\": [1]}'::jsonb"))
    span = Column(pg.INT4RANGE)
    on = Column(Boolean, server_default=false())
)py");
  EXPECT_TRUE(contains(lock, "ck_thing_even"));
  EXPECT_TRUE(contains(lock, "100% of it"));
  create_all();
  expect_clean();
}

TEST_F(Models, IndexesKeysAndSchemas) {
  const auto lock = lock_of(R"py(
class Owner(Base):
    __tablename__ = "owner"
    __table_args__ = {"schema": "odd schema"}
    id = Column(Integer, Sequence("owner_ids", start=10, schema="odd schema"), primary_key=True)
class Thing(Base):
    __tablename__ = "thing"
    id = Column(Integer, primary_key=True)
    owner_id = Column(ForeignKey(Owner.id, ondelete="SET NULL", deferrable=True,
                                 initially="DEFERRED"), index=True)
    name = Column(Text)
    tags = Column(pg.JSONB)
    span = Column(pg.TSTZRANGE)
    __table_args__ = (
        Index("ix_low", text("lower(name)"), unique=True),
        Index("ix_some", "name", postgresql_where=text("owner_id IS NOT NULL"),
              postgresql_include=["owner_id"]),
        Index("ix_tags", "tags", postgresql_using="gin",
              postgresql_ops={"tags": "jsonb_path_ops"}),
        pg.ExcludeConstraint(("span", "&&"), name="no_overlap", using="gist"),
        UniqueConstraint("owner_id", "name"),
    )
)py");
  EXPECT_TRUE(contains(m_last.out + m_last.err, "schema odd schema is created"));
  m_project.database().exec("CREATE SCHEMA \"odd schema\"");
  create_all();
  expect_clean();
  EXPECT_TRUE(contains(lock, "jsonb_path_ops"));
}

TEST_F(Models, WhatTheyAssumeIsMadeAndSaid) {
  const auto lock = lock_of(R"py(
class Thing(Base):
    __tablename__ = "thing"
    id = Column(pg.UUID, server_default=text("uuid_generate_v4()"), primary_key=True)
    state = Column(pg.ENUM("on", "off", name="state", create_type=False))
    name = Column(Text)
    __table_args__ = (Index("ix_like", "name", postgresql_using="gin",
                            postgresql_ops={"name": "gin_trgm_ops"}),)
)py");
  for (const auto* said :
       {"extension uuid-ossp is created", "extension pg_trgm is created", "type state is created"})
    EXPECT_TRUE(contains(m_last.out + m_last.err, said));
  EXPECT_TRUE(contains(lock, "uuid_generate_v4"));
}

TEST_F(Models, EventsAddFunctionsAndTriggersButNoRows) {
  const auto lock = lock_of(R"py(
from sqlalchemy import event
class Thing(Base):
    __tablename__ = "thing"
    id = Column(Integer, primary_key=True)
event.listen(Thing.__table__, "after_create", DDL('''
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER keep BEFORE DELETE ON thing FOR EACH ROW EXECUTE FUNCTION keep();
''').execute_if(dialect="postgresql"))
@event.listens_for(Base.metadata, "after_create")
def fill(target, connection, **_):
    if connection.execute(select(func.count()).select_from(Thing.__table__)).scalar():
        return
    connection.execute(Thing.__table__.insert())
)py");
  EXPECT_TRUE(contains(lock, "trigger public.thing.keep"));
  EXPECT_TRUE(contains(m_last.out + m_last.err, "rows that a listener would insert"));
  create_all();
  expect_clean();
}

TEST_F(Models, SeveralModulesAndAllOfAModule) {
  m_project.folder().write("more.py",
                           "from models import *\nclass B(Base):\n"
                           "    __tablename__ = 'b'\n"
                           "    a_id = Column(ForeignKey('a.id'), primary_key=True)\n");
  const auto a =
      "class A(Base):\n    __tablename__ = 'a'\n    id = Column(Integer, "
      "primary_key=True)\n";
  EXPECT_TRUE(contains_not(lock_of(a), "table public.b"));
  EXPECT_TRUE(contains(lock_of(a, "sqlalchemy:models:Base,more"), "table public.b"));
  EXPECT_TRUE(contains(lock_of(a, "sqlalchemy:more"), "table public.b"));
  EXPECT_TRUE(contains(lock_of(a, "sqlalchemy:models:Base.metadata"), "table public.a"));
}

TEST_F(Models, CreateAllAtImportReachesNothing) {
  const auto lock = lock_of(R"py(
import os
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
Base.metadata.create_all(create_engine(os.environ["DATABASE_URL"]))
)py");
  EXPECT_TRUE(contains(lock, "table public.a"));
  EXPECT_EQ(m_project.database().value("SELECT count(*) FROM pg_class WHERE relname = 'a'"), "0");
}

}  // namespace
}  // namespace pgmend::test
