-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer);
GRANT EXECUTE ON FUNCTION pg_catalog.pg_read_file(text) TO pg_monitor;
GRANT SELECT ON pg_catalog.pg_authid TO pg_monitor;
GRANT SELECT (rolname) ON pg_catalog.pg_authid TO PUBLIC;
REVOKE SELECT ON pg_catalog.pg_user FROM PUBLIC;
