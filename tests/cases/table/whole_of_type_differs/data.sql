-- SPDX-License-Identifier: MIT
INSERT INTO typed VALUES (1, 'a');
INSERT INTO plain VALUES (1, 'a');
INSERT INTO gets_a_column VALUES (1, 'a');
