-- SPDX-License-Identifier: MIT
SELECT count(*) = 18 FROM m;
