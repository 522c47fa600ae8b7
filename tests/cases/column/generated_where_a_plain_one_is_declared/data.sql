-- SPDX-License-Identifier: MIT
INSERT INTO t (id) VALUES (1);
