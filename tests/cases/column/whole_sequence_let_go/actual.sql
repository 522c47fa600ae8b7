-- SPDX-License-Identifier: MIT
CREATE TABLE t (id serial, v integer);
