-- SPDX-License-Identifier: MIT
INSERT INTO users VALUES (1, 'a', 'b');
