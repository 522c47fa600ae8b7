-- SPDX-License-Identifier: MIT
CREATE TABLE t (a text DEFAULT 'x');
