// SPDX-License-Identifier: MIT
#include "pg/foreign_parameters.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <map>

#include "util/text.hpp"

namespace pgmend::pg {

namespace {

using Sort = ParameterFate::Sort;

/// In lower case; `*` matches any text. None of these changes where the connection goes, or how
/// safe it is: such a parameter must be translated, or be an error.
constexpr auto k_dropped = std::to_array<std::string_view>({
    // asyncpg, and SQLAlchemy's dialect for it
    "async_fallback",
    "command_timeout",
    "max_cacheable_statement_size",
    "max_cached_statement_lifetime",
    "prepared_statement_cache_size",
    "prepared_statement_name_func",
    "server_settings",
    "statement_cache_size",
    // psycopg, Django
    "autocommit",
    "conn_health_checks",
    "conn_max_age",
    "prepare_threshold",
    // Prisma, and what Supabase and Neon add for it
    "connection_limit",
    "pgbouncer",
    "pool_timeout",
    "schema",
    "socket_timeout",
    "statement_timeout",
    "supa",
    "workaround",
    // pools of many makers
    "idle_timeout",
    "idletimeoutmillis",
    "lock_timeout",
    "max",
    "max_overflow",
    "pool",
    "pool_max_*",
    "pool_min_*",
    "pool_health_check_period",
    "pool_pre_ping",
    "pool_recycle",
    "pool_size",
    // JDBC
    "autosave",
    "binarytransfer*",
    "currentschema",
    "defaultrowfetchsize",
    "loadbalancehosts",
    "loggerlevel",
    "preferquerymode",
    "preparedstatementcache*",
    "preparethreshold",
    "rewritebatchedinserts",
    "sockettimeout",
    "stringtype",
    "tcpkeepalive",
    // Go: pgx, lib/pq, golang-migrate; Rust: sqlx; Node: pg; Rails
    "advisory_locks",
    "binary_parameters",
    "checkout_timeout",
    "default_query_exec_mode",
    "description_cache_capacity",
    "encoding",
    "prepared_statements",
    "reaping_frequency",
    "schema_search_path",
    "statement-cache-capacity",
    "statement_cache_capacity",
    "uselibpqcompat",
    "x-*",
    // libpq from 16 on, for speed only
    "load_balance_hosts",
    "sslnegotiation",
});

/// From libpq 16, 17 and 18.
constexpr auto k_newer = std::to_array<std::string_view>({
    "max_protocol_version",
    "min_protocol_version",
    "oauth_client_id",
    "oauth_client_secret",
    "oauth_issuer",
    "oauth_scope",
    "require_auth",
    "scram_client_key",
    "scram_server_key",
    "sslcertmode",
    "sslkeylogfile",
});

const std::map<std::string, std::string> k_renamed = {
    {"applicationname", "application_name"},
    {"database", "dbname"},
    {"username", "user"},
};

/// asyncpg, node-postgres and JDBC: `ssl=true`, `ssl=require`.
const std::map<std::string, std::string> k_ssl_modes = {
    {"1", "require"},     {"true", "require"},        {"on", "require"},
    {"yes", "require"},   {"require", "require"},     {"no-verify", "require"},
    {"0", "disable"},     {"false", "disable"},       {"off", "disable"},
    {"no", "disable"},    {"disable", "disable"},     {"allow", "allow"},
    {"prefer", "prefer"}, {"verify-ca", "verify-ca"}, {"verify-full", "verify-full"},
};

bool is_timeout(std::string_view name) {
  return name == "timeout" || name == "connecttimeout" || name == "logintimeout";
}

/// Whole seconds, which is all that libpq takes: "10.5" becomes "10".
ParameterFate translate_timeout(std::string_view value) {
  const auto digits = value.substr(0, value.find('.'));
  const bool usable = !digits.empty() && digits.size() < 6 &&
                      digits.find_first_not_of("0123456789") == std::string_view::npos;
  if (!usable) return {Sort::drop, "", ""};
  return {Sort::translate, "connect_timeout", std::string(digits)};
}

ParameterFate translate_ssl(std::string_view value) {
  const auto mode = k_ssl_modes.find(text::to_lower(value));
  if (mode == k_ssl_modes.end()) return {Sort::unknown, "", ""};
  return {Sort::translate, "sslmode", mode->second};
}

}  // namespace

ParameterFate translate_parameter(std::string_view name, std::string_view value) {
  const auto& known = libpq_keywords();
  if (name == "sslmode" && value == "no-verify") return {Sort::keep, "sslmode", "require"};
  if (std::find(known.begin(), known.end(), name) != known.end())
    return {Sort::keep, std::string(name), std::string(value)};
  const auto lower = text::to_lower(name);
  if (lower == "ssl") return translate_ssl(value);
  if (is_timeout(lower)) return translate_timeout(value);
  const auto renamed = k_renamed.find(lower);
  if (renamed != k_renamed.end()) return {Sort::translate, renamed->second, std::string(value)};
  const bool dropped = std::any_of(k_dropped.begin(), k_dropped.end(), [&](auto pattern) {
    return text::matches_glob(pattern, lower);
  });
  return {dropped ? Sort::drop : Sort::unknown, "", ""};
}

const std::vector<std::string>& libpq_keywords() {
  // An empty string parsed is the plain list; PQconndefaults would read the service file as well.
  static const std::vector<std::string> k_keywords = [] {
    std::vector<std::string> out;
    PQconninfoOption* const options = PQconninfoParse("", nullptr);
    for (const auto* option = options; option && option->keyword; ++option)
      out.emplace_back(option->keyword);
    PQconninfoFree(options);
    return out;
  }();
  return k_keywords;
}

bool is_newer_keyword(std::string_view name) {
  return std::find(k_newer.begin(), k_newer.end(), name) != k_newer.end();
}

int libpq_major() {
  return PQlibVersion() / 10000;
}

}  // namespace pgmend::pg
