-- SPDX-License-Identifier: MIT
INSERT INTO t VALUES (1, '2026-05-05'), (2, '2020-01-01');
