-- SPDX-License-Identifier: MIT
INSERT INTO p VALUES (1), (1);
INSERT INTO c VALUES (1);
