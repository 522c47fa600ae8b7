-- SPDX-License-Identifier: MIT
CREATE SEQUENCE my_numbers;
CREATE TABLE t (id integer NOT NULL DEFAULT nextval('my_numbers'));
ALTER SEQUENCE my_numbers OWNED BY t.id;
