-- SPDX-License-Identifier: MIT
CREATE TABLE bin (id integer NOT NULL, v integer);
CREATE UNIQUE INDEX bin_key ON bin (id);
CREATE UNIQUE INDEX u ON bin (v);
CREATE TABLE leaf (v integer REFERENCES bin (v));
