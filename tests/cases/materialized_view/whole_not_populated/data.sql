-- SPDX-License-Identifier: MIT
INSERT INTO z VALUES (1), (2);
