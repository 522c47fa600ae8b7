-- SPDX-License-Identifier: MIT
INSERT INTO p VALUES ('[1,2)', '[2020-01-01,2021-01-01)');
