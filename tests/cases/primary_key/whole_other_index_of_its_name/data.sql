-- SPDX-License-Identifier: MIT
INSERT INTO bin VALUES (1, 1);
