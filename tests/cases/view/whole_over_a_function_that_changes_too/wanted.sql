-- SPDX-License-Identifier: MIT
CREATE TABLE b(id int PRIMARY KEY, mail text, role text);
CREATE VIEW vw AS SELECT id, mail, role FROM b;
CREATE FUNCTION al() RETURNS SETOF vw LANGUAGE sql BEGIN ATOMIC SELECT id, mail, role FROM vw; END;
CREATE VIEW top AS SELECT * FROM al();
