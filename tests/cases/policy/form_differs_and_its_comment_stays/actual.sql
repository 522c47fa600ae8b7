-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer PRIMARY KEY);
CREATE POLICY p ON t USING (id > 0);
COMMENT ON POLICY p ON t IS 'positive';
