-- SPDX-License-Identifier: MIT
CREATE TABLE t (a jsonb, b integer);
