-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, c timestamptz DEFAULT clock_timestamp());
