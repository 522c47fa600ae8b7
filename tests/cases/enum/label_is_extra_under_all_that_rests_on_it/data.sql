-- SPDX-License-Identifier: MIT
INSERT INTO t (id, c, f) VALUES (1, 'a', 'a'), (5, 'c', 'a');
INSERT INTO ref values ('a');
INSERT INTO child VALUES (1,'a');
INSERT INTO pt VALUES (1,'a'),(11,'c');
INSERT INTO u VALUES (1);
