-- SPDX-License-Identifier: MIT
INSERT INTO m VALUES (1), (2);
INSERT INTO nullable VALUES (1);
INSERT INTO keyed VALUES (1);
