-- SPDX-License-Identifier: MIT
INSERT INTO users SELECT i, 'a' || i, 'staff' FROM generate_series(1, 20) AS i;
