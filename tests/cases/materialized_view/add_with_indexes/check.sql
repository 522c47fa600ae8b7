-- SPDX-License-Identifier: MIT
SELECT count(*) = 19 FROM m;
