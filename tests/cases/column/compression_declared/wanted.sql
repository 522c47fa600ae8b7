-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, body text COMPRESSION pglz, note text COMPRESSION pglz);
