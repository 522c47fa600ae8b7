-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY, k integer GENERATED ALWAYS AS IDENTITY, v integer);
