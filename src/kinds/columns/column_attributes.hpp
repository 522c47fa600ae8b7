// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>

#include "kinds/columns/column_judge.hpp"
#include "kinds/columns/column_sequence.hpp"
#include "kinds/columns/column_settings.hpp"
#include "kinds/columns/generated.hpp"
#include "kinds/columns/identity.hpp"
#include "kinds/columns/not_null.hpp"
#include "kinds/columns/serial.hpp"
#include "kinds/support/judge.hpp"
#include "model/kind.hpp"

/// All that is compared of a column.
namespace pgmend::kinds {

inline constexpr std::array k_column_attributes = {
    Attribute{.name = "type",
              .doc = "data type with its modifiers. Values do not fit, are cut or rounded, or come "
                     "back as another type than the code was written for",
              .judge = judge_rewrite,
              .is_rehearsed = true},
    Attribute{
        .name = "collation",
        .doc = "collation, where it is not the type's own. Texts sort and compare differently",
        .judge = judge_rewrite},
    Attribute{.name = "serial",
              .doc =
                  "filled from a sequence that the column owns. INSERTs that leave the column out "
                  "fail or store NULL",
              .judge = judge_serial,
              .values = "serial"},
    Attribute{.name = "sequence_options",
              .doc = "options of the sequence of a serial column that are not the default. It is "
                     "counted in other steps or ranges",
              .judge = judge_sequence_detail,
              .only_if_stated = true},
    Attribute{.name = "sequence_type",
              .doc = "data type of the sequence of a serial or identity column, where it is "
                     "smaller than the column's. Numbers run out earlier: INSERTs fail with: "
                     "nextval: reached maximum value of sequence",
              .judge = judge_sequence_type},
    Attribute{.name = "other_sequence_type",
              .doc = "data type of the sequence, where it is another than the column's, and not "
                     "smaller. Nothing, as long as the column holds what the sequence gives",
              .judge = judge_wider_sequence,
              .only_if_stated = true},
    Attribute{.name = "sequence_persistence",
              .doc = "whether its sequence is logged, where it is not as the table is. After a "
                     "crash an unlogged one begins anew, and gives numbers a second time",
              .since = 15,
              .judge = judge_sequence_detail,
              .only_if_stated = true},
    Attribute{.name = "identity",
              .doc = "identity column, and options that are not the default. INSERTs that leave "
                     "the column out fail, or the ones that name it do",
              .judge = judge_identity},
    Attribute{.name = "generated",
              .doc = "generated column. It is not computed, or cannot be written to",
              .chosen_otherwise_since = 18,
              .judge = judge_generated,
              .values = "STORED|VIRTUAL"},
    Attribute{.name = "expression",
              .doc = "expression of a generated column. It is computed in another way",
              .form = Attribute::Form::text,
              .judge = judge_expression},
    Attribute{
        .name = "default",
        .doc = "default expression. INSERTs that leave the column out store another value, or NULL",
        .form = Attribute::Form::text,
        .judge = judge_column_default},
    Attribute{.name = "not_null",
              .words = "NOT NULL",
              .doc = "nullability. NULLs get in that the code does not expect, or INSERTs fail "
                     "that leave the column out",
              .judge = judge_not_null,
              .values = "NOT NULL"},
    Attribute{
        .name = "not_valid",
        .doc = "whether existing rows were never checked for NULL. Rows from before may hold NULL",
        .judge = judge_not_valid,
        .values = "NOT VALID"},
    Attribute{.name = "no_inherit",
              .words = "NO INHERIT",
              .doc = "whether children need not be NOT NULL as well. Children may hold NULL that "
                     "should not, or have to be without that should not",
              .judge = judge_alter,
              .values = "NO INHERIT"},
    Attribute{.name = "not_null_name",
              .doc = "name of the NOT NULL constraint, where it is not made up by the server. "
                     "Nothing: only a migration that names the constraint would fail",
              .since = 18,
              .judge = judge_not_null_name,
              .only_if_stated = true},
    Attribute{.name = "storage",
              .doc = "how long values are stored, where not as the type says. Long values take "
                     "other space and time to read",
              .judge = judge_storage,
              .only_if_stated = true,
              .is_own_in_children = true,
              .values = "PLAIN|EXTERNAL|EXTENDED|MAIN"},
    Attribute{.name = "compression",
              .doc = "compression method, where not the server's default. Long values take other "
                     "space and time to read",
              .since = 14,
              .judge = judge_storage,
              .only_if_stated = true,
              .is_own_in_children = true,
              .values = "pglz|lz4"},
    Attribute{
        .name = "statistics",
        .doc = "statistics target, where not the server's default. Queries may get other plans",
        .judge = judge_alter,
        .only_if_stated = true,
        .is_own_in_children = true,
        .values = "#"},
    Attribute{.name = "options",
              .doc = "options such as n_distinct. Queries may get other plans",
              .judge = judge_alter,
              .only_if_stated = true,
              .is_own_in_children = true,
              .values = "[]"},
    Attribute{.name = "filling",
              .doc = "an earlier repair was stopped before all existing rows got their value. Rows "
                     "from before the column still hold NULL",
              .form = Attribute::Form::fault,
              .judge = judge_effect},
    Attribute{.name = "sequence",
              .doc = "its sequence is behind the values in the table. INSERTs fail with: duplicate "
                     "key value violates unique constraint",
              .form = Attribute::Form::fault,
              .judge = judge_sequence,
              .only_if_stated = true},
    // Behind all that is mended under the name it has.
    Attribute{.name = "sequence_name",
              .doc = "name of the sequence of a serial or identity column. Code and grants that "
                     "name it fail with: relation does not exist",
              .judge = judge_alter,
              .only_if_stated = true,
              .is_detail = true},
    Attribute{.name = "sequence_end",
              .doc = "whether the sequence goes down to a minimum",
              .form = Attribute::Form::directive,
              .values = "min"},
    Attribute{.name = "raw_default",
              .doc = "the default, also where it belongs to serial or to the parent's identity",
              .form = Attribute::Form::directive},
    Attribute{.name = "own_storage",
              .doc = "how the type stores long values",
              .form = Attribute::Form::directive,
              .values = "PLAIN|EXTERNAL|EXTENDED|MAIN"},
    Attribute{.name = "not_null_constraint",
              .doc = "name of the NOT NULL constraint, where it is not table_column_not_null",
              .form = Attribute::Form::directive},
    Attribute{.name = "inherited",
              .doc = "whether it is there only since a parent has it. Nothing, until the parent's "
                     "column is dropped: then it goes as well, or stays",
              .judge = judge_inherited,
              .only_if_stated = true,
              .values = "inherited"},
    Attribute{.name = "keyed",
              .doc = "part of the primary key",
              .form = Attribute::Form::directive,
              .values = "key"},
    Attribute{.name = "backfill",
              .doc = "expression for rows that hold NULL",
              .form = Attribute::Form::directive,
              .is_wish = true},
};

/// What most columns have; `backfill` is no catalog's and never sent.
inline constexpr auto k_common_column_attributes = std::to_array<std::string_view>(
    {"type", "default", "not_null", "raw_default", "inherited", "keyed"});

}  // namespace pgmend::kinds
