-- SPDX-License-Identifier: MIT
CREATE TABLE bin (id integer NOT NULL, v integer, CONSTRAINT bin_key PRIMARY KEY (id), CONSTRAINT u UNIQUE (v));
CREATE TABLE leaf (v integer REFERENCES bin (v));
