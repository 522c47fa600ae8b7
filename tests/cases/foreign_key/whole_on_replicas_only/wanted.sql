-- SPDX-License-Identifier: MIT
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE k (p integer REFERENCES p);
