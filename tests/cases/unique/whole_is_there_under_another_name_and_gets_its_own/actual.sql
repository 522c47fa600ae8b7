-- SPDX-License-Identifier: MIT
CREATE TABLE p (id integer, CONSTRAINT key_of_p PRIMARY KEY (id));
CREATE TABLE t (a integer, b integer, CONSTRAINT "Odd ""name" UNIQUE (a), CONSTRAINT old_check CHECK (b > 0),
                CONSTRAINT old_fk FOREIGN KEY (a) REFERENCES p (id), CONSTRAINT old_x EXCLUDE USING gist (int4range(a, b) WITH &&));
CREATE INDEX "Old" ON t (b);
