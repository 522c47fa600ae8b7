-- SPDX-License-Identifier: MIT
CREATE TABLE t (id serial PRIMARY KEY, v integer);
