-- SPDX-License-Identifier: MIT
INSERT INTO without_key VALUES (1);
INSERT INTO two VALUES (1, 1);
INSERT INTO partial VALUES (5);
INSERT INTO cycle VALUES (5);
