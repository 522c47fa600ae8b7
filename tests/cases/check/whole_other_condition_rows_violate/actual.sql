-- SPDX-License-Identifier: MIT
CREATE TABLE t (n integer CONSTRAINT c CHECK (n > 1));
