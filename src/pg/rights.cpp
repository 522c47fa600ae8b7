// SPDX-License-Identifier: MIT
#include "pg/rights.hpp"

#include "util/sql.hpp"

namespace pgmend::pg {

namespace {

constexpr std::string_view k_owners = R"sql(
SELECT w.number, pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(c.relowner)) AS owner,
       pg_catalog.quote_ident(current_user) AS role,
       pg_catalog.pg_has_role(c.relowner, 'USAGE') AS owns,
       pg_catalog.pg_has_role(session_user, c.relowner, 'MEMBER') AS is_member,
       CASE WHEN w.privilege = '' THEN false
            ELSE pg_catalog.has_table_privilege(c.oid, nullif(w.privilege, '')) END AS is_enough
FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[]))
     WITH ORDINALITY AS w (relation, privilege, number)
JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass(w.relation)
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

Result ownerships(Connection& connection,
                  const std::vector<std::pair<std::string, std::string>>& relations) {
  const auto [names, rights] = sql::format_arrays(relations);
  return connection.query(std::string(k_owners), {names, rights});
}

Result right_to_create_in(Connection& connection, const std::string& schema) {
  return connection.query(std::string(k_schema), {schema});
}

Result acting_role(Connection& connection) {
  return connection.query(
      "SELECT pg_catalog.quote_ident(r.rolname) AS role, r.rolsuper AS is_superuser "
      "FROM pg_catalog.pg_roles r WHERE r.rolname = current_user");
}

Result right_to_refer_to(Connection& connection, const std::string& relation) {
  return connection.query(std::string(k_referred), {relation});
}

}  // namespace pgmend::pg
