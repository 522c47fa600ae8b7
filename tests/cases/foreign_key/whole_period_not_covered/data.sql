-- SPDX-License-Identifier: MIT
INSERT INTO t VALUES ('[1,2)', '[2020-02-01,2020-03-01)');
