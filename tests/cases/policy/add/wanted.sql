-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY a ON users USING (role = current_user) WITH CHECK (id > 0);
CREATE POLICY b ON users AS RESTRICTIVE FOR SELECT TO pg_monitor, pg_read_all_stats USING (id IN (SELECT u.id FROM users u));
CREATE POLICY c ON users FOR INSERT TO pg_monitor WITH CHECK (true);
