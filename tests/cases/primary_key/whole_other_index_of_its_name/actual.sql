-- SPDX-License-Identifier: MIT
CREATE TABLE bin (id integer NOT NULL, v integer);
CREATE INDEX bin_key ON bin (v, id);
