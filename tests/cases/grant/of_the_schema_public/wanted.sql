-- SPDX-License-Identifier: MIT
CREATE TABLE stays (id integer);
GRANT CREATE ON SCHEMA public TO pg_monitor;
