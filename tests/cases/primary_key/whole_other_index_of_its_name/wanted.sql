-- SPDX-License-Identifier: MIT
CREATE TABLE bin (id integer NOT NULL, v integer, CONSTRAINT bin_key PRIMARY KEY (id));
