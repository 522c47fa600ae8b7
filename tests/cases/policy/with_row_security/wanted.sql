-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
CREATE POLICY a ON users USING (id > 0);
