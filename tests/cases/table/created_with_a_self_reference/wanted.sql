-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email text);

CREATE TABLE nodes (id integer PRIMARY KEY, parent_id integer REFERENCES nodes (id) ON DELETE SET NULL);
