-- SPDX-License-Identifier: MIT
INSERT INTO bill VALUES (1, 12.50);
