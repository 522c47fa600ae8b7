-- SPDX-License-Identifier: MIT
CREATE TABLE p (id integer, c text);
CREATE TABLE k () INHERITS (p);
