-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, "B b" integer, CONSTRAINT u UNIQUE (a));
