-- SPDX-License-Identifier: MIT
SELECT setval('s', 30);
