-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer NOT NULL NO INHERIT, b integer NOT NULL);
