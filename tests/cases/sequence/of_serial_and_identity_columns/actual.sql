-- SPDX-License-Identifier: MIT
CREATE SEQUENCE other;
CREATE TABLE t (id integer NOT NULL DEFAULT nextval('other'), n bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME another));
ALTER SEQUENCE other OWNED BY t.id;
