-- SPDX-License-Identifier: MIT
INSERT INTO p VALUES (1, 1), (1, 1);
