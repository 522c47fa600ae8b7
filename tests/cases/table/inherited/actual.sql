-- SPDX-License-Identifier: MIT
CREATE TABLE base (id integer NOT NULL CHECK (id > 0));
CREATE TABLE child (extra text) INHERITS (base);
