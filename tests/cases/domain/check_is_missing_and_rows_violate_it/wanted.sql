-- SPDX-License-Identifier: MIT
CREATE DOMAIN d AS integer CONSTRAINT a CHECK (VALUE > 5);
CREATE TABLE t (v d);
