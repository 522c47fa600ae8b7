-- SPDX-License-Identifier: MIT
CREATE TABLE customers (id integer NOT NULL, full_name text NOT NULL, email text);
