-- SPDX-License-Identifier: MIT
SELECT count(*) = 1 FROM b;
