-- SPDX-License-Identifier: MIT
CREATE DOMAIN percent AS integer NOT NULL DEFAULT 1 CHECK (VALUE > 0);
CREATE TABLE t (id integer, c percent);
