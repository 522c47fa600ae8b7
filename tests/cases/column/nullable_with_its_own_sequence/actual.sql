-- SPDX-License-Identifier: MIT
CREATE SEQUENCE s;
CREATE TABLE t (a integer DEFAULT nextval('s'));
ALTER SEQUENCE s OWNED BY t.a;
