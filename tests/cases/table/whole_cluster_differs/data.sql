-- SPDX-License-Identifier: MIT
INSERT INTO d VALUES (1), (2);
