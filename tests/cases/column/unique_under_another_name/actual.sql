-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, c integer CONSTRAINT only_one UNIQUE);
