-- SPDX-License-Identifier: MIT
CREATE TABLE t (id serial);
GRANT SELECT ON t TO pg_monitor;
