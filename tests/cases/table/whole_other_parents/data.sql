-- SPDX-License-Identifier: MIT
INSERT INTO c VALUES (1);
