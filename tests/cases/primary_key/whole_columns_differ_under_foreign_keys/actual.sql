-- SPDX-License-Identifier: MIT
CREATE TABLE p (id integer NOT NULL, t integer, CONSTRAINT p_pk PRIMARY KEY (id));
CREATE TABLE c (p integer, t integer, CONSTRAINT c_fk FOREIGN KEY (p) REFERENCES p ON DELETE CASCADE);
CREATE TABLE d (p integer, CONSTRAINT d_fk FOREIGN KEY (p) REFERENCES p (id));
COMMENT ON CONSTRAINT p_pk ON p IS 'ours';
