-- SPDX-License-Identifier: MIT
CREATE DOMAIN d AS integer NOT NULL;
CREATE TABLE t (v d);
