-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE TABLE log (id integer, note text);
CREATE VIEW v AS SELECT id, email FROM users;
CREATE RULE a AS ON DELETE TO users WHERE old.id > 5 DO ALSO (INSERT INTO log VALUES (old.id, 'a;'); INSERT INTO log VALUES (old.id, 'b'));
CREATE RULE b AS ON INSERT TO v DO INSTEAD INSERT INTO users (id, email) VALUES (new.id, new.email);
CREATE RULE c AS ON UPDATE TO v DO INSTEAD NOTHING;
