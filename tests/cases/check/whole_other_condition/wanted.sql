-- SPDX-License-Identifier: MIT
CREATE TABLE t (n integer CONSTRAINT "C c" CHECK (n > 0));
