-- SPDX-License-Identifier: MIT
INSERT INTO users SELECT FROM generate_series(1, 3);
