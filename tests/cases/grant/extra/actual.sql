-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer);
GRANT SELECT ON t TO pg_monitor;
