-- SPDX-License-Identifier: MIT
INSERT INTO bin VALUES (1, 1);
INSERT INTO leaf VALUES (1);
