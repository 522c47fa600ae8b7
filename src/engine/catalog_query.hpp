// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pgmend::engine {

/// How much a catalog query reads.
enum class Reach {
  whole,    // everything that is the user's
  some,     // a part: $1 says which
  within,   // a part that is whole in itself, as a schema is: what is the user's of what $1 says
  all_but,  // everything that is the user's, but what $1 says
  only,     // of everything that is the user's, only what all_but with this $1 leaves out
};

/// The text of a room's catalog query as this server gets it: lines marked for other versions or
/// for the other ways of reading are left out (see Kind::catalog_query). Beyond the marks named
/// there, a line "-- all but: ..." is sent when all but something is read, with the oid[] of that
/// in $1; a query that has none says its narrowed line the other way round.
std::string render_catalog_query(std::string_view marked, int server_major, Reach reach);

/// Kind::presence_query, for a statement that asks many of them and has no parameters.
std::string render_presence(std::string_view marked, int server_major, Reach reach,
                            const std::vector<unsigned>& oids);

/// These as the oid[] in $1.
std::string oid_array(const std::vector<unsigned>& oids);

}  // namespace pgmend::engine
