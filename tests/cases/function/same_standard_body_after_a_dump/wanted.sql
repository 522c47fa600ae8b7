-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE FUNCTION staff(a varchar DEFAULT 'x') RETURNS SETOF integer BEGIN ATOMIC SELECT id FROM users WHERE role IN ('a', 'b'); END;
