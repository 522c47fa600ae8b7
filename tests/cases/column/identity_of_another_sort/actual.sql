-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, c integer GENERATED ALWAYS AS IDENTITY);
