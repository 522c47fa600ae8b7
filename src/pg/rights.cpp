// SPDX-License-Identifier: MIT
#include "pg/rights.hpp"

namespace pgmend::pg {

namespace {

constexpr std::string_view k_owner = R"sql(
SELECT pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(c.relowner)) AS owner,
       pg_catalog.quote_ident(current_user) AS role,
       pg_catalog.pg_has_role(c.relowner, 'USAGE') AS owns,
       pg_catalog.pg_has_role(session_user, c.relowner, 'MEMBER') AS is_member,
       CASE WHEN $2::text = '' THEN false
            ELSE pg_catalog.has_table_privilege(c.oid, nullif($2, '')) END AS is_enough
FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass($1)
)sql";

constexpr std::string_view k_schema = R"sql(
SELECT pg_catalog.quote_ident(current_user) AS role,
       pg_catalog.has_schema_privilege(n.oid, 'CREATE') AS creates
FROM pg_catalog.pg_namespace n WHERE n.nspname = $1
)sql";

constexpr std::string_view k_referred = R"sql(
SELECT pg_catalog.quote_ident(current_user) AS role,
       pg_catalog.has_any_column_privilege(c.oid, 'REFERENCES') AS may_refer,
       pg_catalog.has_any_column_privilege(c.oid, 'SELECT') AS may_read
FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass($1)
)sql";

}  // namespace

Result ownership(Connection& connection, const std::string& relation, const std::string& right) {
  return connection.query(std::string(k_owner), {relation, right});
}

Result right_to_create_in(Connection& connection, const std::string& schema) {
  return connection.query(std::string(k_schema), {schema});
}

Result right_to_refer_to(Connection& connection, const std::string& relation) {
  return connection.query(std::string(k_referred), {relation});
}

}  // namespace pgmend::pg
