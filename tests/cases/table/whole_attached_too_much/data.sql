-- SPDX-License-Identifier: MIT
INSERT INTO m VALUES (1, 1), (21, 2);
