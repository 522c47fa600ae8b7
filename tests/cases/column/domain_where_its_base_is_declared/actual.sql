-- SPDX-License-Identifier: MIT
CREATE DOMAIN percent AS integer CHECK (VALUE > 0);
CREATE TABLE t (id integer, c percent);
