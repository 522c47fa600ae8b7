-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, p int4range, a text);
