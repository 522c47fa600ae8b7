-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS e ON ((c = ANY (ARRAY['a'::text, 'b'::text]))) FROM t;
