-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email text);

CREATE TABLE parents (id integer CONSTRAINT parents_pkey PRIMARY KEY);
CREATE TABLE children (
  id integer CONSTRAINT children_pkey PRIMARY KEY,
  parent_id integer NOT NULL,
  CONSTRAINT children_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE
);
CREATE INDEX ix_children_parent_id ON children (parent_id);
