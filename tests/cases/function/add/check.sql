-- SPDX-License-Identifier: MIT
SELECT total = 2 FROM note(1, 'x', 3, 4);
SELECT count(*) = 3 FROM series(3);
