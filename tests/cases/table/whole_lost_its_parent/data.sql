-- SPDX-License-Identifier: MIT
INSERT INTO room_measures VALUES (1, 2);
