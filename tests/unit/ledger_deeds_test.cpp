// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ledger/deeds.hpp"

namespace pgmend::ledger {
namespace {

using Texts = std::vector<std::string>;

/// "+users.name:3": what is made (+), changed (~) or dropped (-), and where.
Texts deeds(const std::string& body) {
  Texts words;
  for (const auto& deed : read_deeds(read_python("def upgrade():\n" + body)).deeds) {
    const char sort = deed.sort == Deed::Sort::makes     ? '+'
                      : deed.sort == Deed::Sort::changes ? '~'
                                                         : '-';
    const auto name = deed.name.empty() ? "" : "." + deed.name;
    words.push_back(fmt::format("{}{}{}:{}", sort, deed.table, name, deed.line));
  }
  return words;
}

TEST(Deeds, OfOperations) {
  EXPECT_EQ(deeds("    op.add_column('users', sa.Column('name', sa.Text()))\n"),
            Texts{"+users.name:2"});
  EXPECT_EQ(deeds("    op.create_index('ix', 'users', ['name'], unique=True)\n"),
            Texts{"+users.ix:2"});
  EXPECT_EQ(deeds("    op.create_index(op.f('ix'), 'users', ['name'])\n"), Texts{"+users.ix:2"});
  EXPECT_EQ(deeds("    op.create_foreign_key('fk', 'users', 'teams', ['t'], ['id'])\n"),
            Texts{"+users.fk:2"});
  EXPECT_EQ(deeds("    op.alter_column('users', 'name', nullable=False)\n"),
            Texts{"~users.name:2"});
  EXPECT_EQ(deeds("    op.alter_column('users', 'name', new_column_name='label')\n"),
            (Texts{"-users.name:2", "+users.label:2"}));
  EXPECT_EQ(deeds("    op.rename_table('users', 'people')\n"), (Texts{"-users:2", "+people:2"}));
}

TEST(Deeds, OfATableAreItsPartsAsWell) {
  EXPECT_EQ(deeds("    op.create_table(\n"
                  "        'users',\n"
                  "        sa.Column('id', sa.Integer()),\n"
                  "        sa.PrimaryKeyConstraint('id', name='users_pk'),\n"
                  "    )\n"),
            (Texts{"+users:2", "+users.id:2", "+users.users_pk:2"}));
}

// Of a type that stands in a column the name is no part of the table.
TEST(Deeds, OfATableAreConstraintsAndNoTypes) {
  const auto in_table = [](const std::string& part) {
    return deeds("    op.create_table('pets', " + part + ")\n");
  };
  const Texts kind = {"+pets:2", "+pets.kind:2"};
  EXPECT_EQ(in_table("sa.Column('kind', sa.Enum('x', 'y', name='pet_kind'))"), kind);
  EXPECT_EQ(in_table("sa.Column('kind', postgresql.ENUM('x', name='k', schema='s'))"), kind);
  EXPECT_EQ(in_table("sa.Column('kind', sa.ARRAY(sa.Enum('x', name='k')), nullable=True)"), kind);
  EXPECT_EQ(in_table("sa.Column('kind', sa.Integer, sa.Sequence('s', name='k'))"), kind);
  EXPECT_EQ(in_table("sa.Column(name='kind', type_=sa.Enum(Kind, name='k'))"), kind);
  EXPECT_EQ(in_table("sa.Column('kind', sa.Enum('x', name='k', native_enum=False))"), kind);
  const Texts checked = {"+pets:2", "+pets.kind:2", "+pets.k:2"};
  for (const auto* part :
       {"sa.Enum('x', name='k', native_enum=False, create_constraint=True)",
        "sa.ForeignKey('a.id', name='k')", "sa.CheckConstraint('true', name=op.f('k'))"})
    EXPECT_EQ(in_table(std::string("sa.Column('kind', ") + part + ")"), checked) << part;
  EXPECT_EQ(in_table("sa.Column('kind'), sa.Index('i', 'kind', name='k')"), checked);
  EXPECT_EQ(in_table("*[sa.Column('kind', sa.Enum('x', name='n'))], "
                     "sa.UniqueConstraint('kind', name=op.f('k'))"),
            checked);
}

TEST(Deeds, ThatAreOnlyDoneWhereItIsMissing) {
  const auto if_missing = [](const std::string& body) {
    std::string flags;
    for (const auto& deed : read_deeds(read_python("def upgrade():\n    " + body + "\n")).deeds)
      flags += deed.if_missing ? 'y' : 'n';
    return flags;
  };
  EXPECT_EQ(if_missing("op.create_table('a', sa.Column('b'), if_not_exists=True)"), "yy");
  EXPECT_EQ(if_missing("op.create_table('a', sa.Column('b'), if_not_exists=False)"), "nn");
  EXPECT_EQ(if_missing("op.create_table('a', sa.Column('b', f(if_not_exists=True)))"), "nn");
  EXPECT_EQ(if_missing("op.create_index('i', 'a', ['b'], if_not_exists=True)"), "y");
  EXPECT_EQ(if_missing("op.add_column('a', sa.Column('b'), if_not_exists=True)"), "y");
  EXPECT_EQ(if_missing("op.add_column('a', sa.Column('b'))"), "n");
  EXPECT_EQ(if_missing("op.execute('CREATE TABLE IF NOT EXISTS a ()')"), "y");
  EXPECT_EQ(if_missing("op.execute('CREATE TABLE a ()')"), "n");
  EXPECT_EQ(if_missing("op.execute('CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON a (b)')"), "y");
  EXPECT_EQ(if_missing("op.execute('CREATE INDEX CONCURRENTLY i ON a (b)')"), "n");
  EXPECT_EQ(if_missing("op.execute('ALTER TABLE IF EXISTS a ADD COLUMN b int')"), "n");
  EXPECT_EQ(if_missing("op.execute('ALTER TABLE a ADD COLUMN IF NOT EXISTS b int')"), "y");
}

// As in a revision that pgmend wrote.
TEST(Deeds, ThatAskWhatIsThereDoNotCollide) {
  const auto read =
      read_deeds(read_python("def upgrade():\n"
                             "    if lacks(COLUMN, name='b'):\n"
                             "        op.add_column('a', sa.Column('b'))\n"
                             "        with op.get_context().autocommit_block():\n"
                             "            op.create_index('i', 'a', ['b'])\n"
                             "    op.add_column('a', sa.Column('c'))\n"
                             "    if not inspector.has_table('d'):\n"
                             "        op.create_table('d')\n"
                             "    if dialect == 'postgresql':\n"
                             "        op.create_table('e')\n"));
  std::string flags;
  for (const auto& deed : read.deeds) flags += deed.if_missing ? 'y' : 'n';
  EXPECT_EQ(flags, "yynyn");
}

TEST(Deeds, OfHelpersAreNone) {
  EXPECT_EQ(deeds("    op.execute('CREATE UNIQUE INDEX \"pgmend_key_k\" ON \"t\" (a)')\n"
                  "    op.execute('ALTER TABLE \"t\" ADD CONSTRAINT \"k\" UNIQUE USING INDEX "
                  "\"pgmend_key_k\"')\n"),
            Texts{"+t.k:3"});
}

TEST(Deeds, OfDrops) {
  EXPECT_EQ(deeds("    op.drop_table('users')\n    op.drop_column('a', 'b')\n"
                  "    op.drop_index('ix', 'users')\n    op.drop_constraint('ck', 'users')\n"),
            (Texts{"-users:2", "-a.b:3", "-users.ix:4", "-users.ck:5"}));
}

TEST(Deeds, InABatchBelongToItsTable) {
  EXPECT_EQ(deeds("    with op.batch_alter_table('users') as batch:\n"
                  "        batch.add_column(sa.Column('name', sa.Text()))\n"
                  "        batch.create_index('ix', ['name'])\n"
                  "        batch.drop_column('old')\n"
                  "    op.add_column('teams', sa.Column('size', sa.Integer()))\n"),
            (Texts{"+users.name:3", "+users.ix:4", "-users.old:5", "+teams.size:6"}));
}

TEST(Deeds, OfStatementsThatAreWrittenByHand) {
  EXPECT_EQ(deeds("    op.execute('CREATE TABLE IF NOT EXISTS app.users (id int)')\n"),
            Texts{"+users:2"});
  EXPECT_EQ(deeds("    op.execute('CREATE UNIQUE INDEX CONCURRENTLY ix ON ONLY users (name)')\n"),
            Texts{"+users.ix:2"});
  EXPECT_EQ(deeds("    op.execute(sa.text('ALTER TABLE users ADD COLUMN name text'))\n"),
            Texts{"+users.name:2"});
  EXPECT_EQ(deeds("    op.execute(\"\"\"\n      ALTER TABLE IF EXISTS ONLY \"users\"\n"
                  "      ADD CONSTRAINT ck CHECK (true)\"\"\")\n"),
            Texts{"+users.ck:2"});
  EXPECT_EQ(deeds("    op.execute('UPDATE users SET name = 1')\n"), Texts{});
}

TEST(Deeds, OfADowngradeDoNotCount) {
  const auto source =
      "def upgrade():\n    op.create_table('a')\n\n\n"
      "def downgrade():\n    op.create_table('b')\n\n\n"
      "async def downgrade_app():\n    op.create_table('c')\n\n\n"
      "def helper():\n    op.create_table('d')\n";
  Texts tables;
  for (const auto& deed : read_deeds(read_python(source)).deeds) tables.push_back(deed.table);
  EXPECT_EQ(tables, (Texts{"a", "d"}));
}

TEST(Deeds, WhatIsComputedIsMentionedOnly) {
  const auto read =
      read_deeds(read_python("op.create_table(name, *columns)\n"
                             "make('users', 'webhook_url')\n"));
  EXPECT_TRUE(read.deeds.empty());
  ASSERT_EQ(read.mentions.size(), 1U);
  EXPECT_EQ(read.mentions[0].words, (std::set<std::string>{"users", "webhook_url"}));
  EXPECT_EQ(read.mentions[0].line, 2);
}

TEST(Deeds, WordsAreIdentifiersInLowerCase) {
  EXPECT_EQ(words_of("ALTER TABLE app.\"Users\" ADD x$1;"),
            (Texts{"alter", "table", "app", "users", "add", "x$1"}));
}

}  // namespace
}  // namespace pgmend::ledger
