-- SPDX-License-Identifier: MIT
CREATE TABLE stays (id integer);
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor;
