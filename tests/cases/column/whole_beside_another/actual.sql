-- SPDX-License-Identifier: MIT
CREATE TABLE customers (id integer NOT NULL, email text, note text);
