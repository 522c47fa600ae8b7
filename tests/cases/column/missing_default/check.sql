-- SPDX-License-Identifier: MIT
SELECT count(*) = 1 FROM t WHERE c IS NULL;
