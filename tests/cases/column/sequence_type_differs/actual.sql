-- SPDX-License-Identifier: MIT
CREATE TABLE t (id serial PRIMARY KEY);
ALTER TABLE t ALTER id TYPE bigint;
