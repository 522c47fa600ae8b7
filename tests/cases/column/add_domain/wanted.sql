-- SPDX-License-Identifier: MIT
CREATE DOMAIN percent AS integer CHECK (VALUE BETWEEN 0 AND 100);
CREATE TABLE t (id integer, c percent DEFAULT 3);
