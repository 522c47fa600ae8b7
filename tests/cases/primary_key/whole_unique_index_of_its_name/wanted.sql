-- SPDX-License-Identifier: MIT
CREATE TABLE bin (id integer, v integer, CONSTRAINT bin_key PRIMARY KEY (id));
