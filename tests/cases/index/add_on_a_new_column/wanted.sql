-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, c integer DEFAULT 6);
CREATE INDEX ix ON t (c) WHERE c > 5;
