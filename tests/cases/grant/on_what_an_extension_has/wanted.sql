-- SPDX-License-Identifier: MIT
CREATE EXTENSION hstore;
REVOKE EXECUTE ON FUNCTION hstore_to_json(hstore) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hstore_to_json(hstore) TO pg_monitor;
