-- SPDX-License-Identifier: MIT
GRANT EXECUTE ON FUNCTION pg_catalog.pg_read_file(text) TO pg_monitor;
