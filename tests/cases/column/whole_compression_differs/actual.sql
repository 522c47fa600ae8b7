-- SPDX-License-Identifier: MIT
CREATE TABLE t (a text, b text COMPRESSION pglz);
