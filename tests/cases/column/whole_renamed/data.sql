-- SPDX-License-Identifier: MIT
INSERT INTO customers VALUES (1, 'Ada', 'a@b');
