-- SPDX-License-Identifier: MIT
INSERT INTO t (id, c, f, p) VALUES (1, 'a', 'a', '(a,1)'), (5, 'c', 'a', '(c,2)');
INSERT INTO ref values ('a');
INSERT INTO child VALUES (1,'a');
INSERT INTO pt VALUES (1,'a'),(11,'c');
INSERT INTO u VALUES (1);
