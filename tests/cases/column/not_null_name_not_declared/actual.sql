-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer CONSTRAINT a_set NOT NULL, b integer NOT NULL);
