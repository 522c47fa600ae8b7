-- SPDX-License-Identifier: MIT
-- Values stay.
SELECT c = 2 FROM t;
