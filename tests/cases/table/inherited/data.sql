-- SPDX-License-Identifier: MIT
INSERT INTO child VALUES (1, 'x');
