// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pgmend::kinds {

/// The catalogs that rooms read, but for those that all databases share.
std::span<const std::string_view> catalogs_read();

/// Whether the catalogs are as they were can be told without reading what is in them. A row of a
/// catalog is never changed: who alters an object writes a new version of its row, which carries
/// the number of that transaction (xmin; documentation, section 5.5, "System Columns"), and who
/// drops it leaves one row less. So when there are as many rows as there were, and none was written
/// by a transaction that had not ended by then, they are the same rows.
///
/// Two things the server overwrites in place (heap_inplace_update() in its source): estimates,
/// which no room reads, and, on PostgreSQL 13, the state of an index, which is therefore listed.
/// Numbers of transactions come round after 4 billion: what is more than half of that away is old.
struct CatalogState {
  /// What an answer depends on besides: which server, since when it runs, or has counted anything
  /// (it may be set back to an earlier moment, by a restore or by a crash that lost what was not on
  /// disk yet, but not while it runs), which database, who asks, all roles.
  std::string server;
  long long horizon = 0;  // all transactions before this one (64 bits) have ended
  long long newest = 0;   // the last of which a row is there
  std::string rows;       // of each catalog

  /// Whether nothing has changed since then.
  bool is_still(const CatalogState& before) const;
};

/// Returns one row, with the fields of CatalogState.
std::string catalog_state_query(int server_major);

}  // namespace pgmend::kinds
