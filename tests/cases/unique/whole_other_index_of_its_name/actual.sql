-- SPDX-License-Identifier: MIT
CREATE TABLE bin (id integer, v integer);
CREATE UNIQUE INDEX bin_key ON bin (id) WHERE v > 0;
