-- SPDX-License-Identifier: MIT
CREATE TABLE t (a text, b integer);
