-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer);
ALTER TABLE t OWNER TO pg_monitor;
