-- SPDX-License-Identifier: MIT
DROP SCHEMA public;
CREATE SCHEMA app;
CREATE TABLE app.t (id integer);
GRANT SELECT ON app.t TO PUBLIC;
