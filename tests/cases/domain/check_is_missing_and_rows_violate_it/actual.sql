-- SPDX-License-Identifier: MIT
CREATE DOMAIN d AS integer;
CREATE TABLE t (v d);
