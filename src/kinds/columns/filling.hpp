// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/kind.hpp"

/// How the rows that are there already get the value of a new column.
namespace pgmend::kinds {

/// The statement that marks the column, so that a killed run's successor goes on: without the mark
/// a nullable column would look finished.
std::string mark_as_filling(const Object& column);

/// What rows that hold NULL get, if that is known.
std::string fill_value(const Object& column);

/// Fills one row, and fails where that changes none: before anything is begun, where triggers may
/// keep rows as they are.
std::string fill_one_row(const Object& column, const Facts& facts);

/// How to say what existing rows get.
std::string backfill_hint(const Object& column);

/// Refused for what facts.no_update says.
Recipe rows_cannot_be_filled(const Facts& facts);

/// Goes through the rows by their key, a thousand at a time, or where they have none by the place
/// they are stored at. A stopped run's successor passes quickly over what is filled. Rows that
/// others hold locked are skipped and come with the next pass: a backfill that waits for them,
/// holding rows itself, could end in a deadlock with the application. Rows for which the backfill
/// is NULL are left alone.
Stage fill_rows(const Object& column, const Facts& facts);

/// Sets the sequence of the column to the last value in the table. Another session may have done
/// so in the meantime: it never goes back.
Recipe advance_sequence(const Object& column, const Facts& facts);

/// Fills existing rows and takes away the mark that says so.
std::vector<Stage> fill_and_finish(const Object& column, const Facts& facts);

}  // namespace pgmend::kinds
