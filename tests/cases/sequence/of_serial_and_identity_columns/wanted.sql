-- SPDX-License-Identifier: MIT
CREATE TABLE t (id serial, n bigint GENERATED ALWAYS AS IDENTITY);
