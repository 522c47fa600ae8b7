-- SPDX-License-Identifier: MIT
INSERT INTO customers VALUES (1, 'a@b', 'written by hand');
