-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer);
CREATE TABLE u (id integer);
GRANT SELECT ON t TO pg_monitor;
GRANT SELECT ON u TO pg_monitor WITH GRANT OPTION;
