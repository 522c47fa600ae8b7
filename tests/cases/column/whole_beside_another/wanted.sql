-- SPDX-License-Identifier: MIT
CREATE TABLE customers (id integer NOT NULL, name text, email text);
