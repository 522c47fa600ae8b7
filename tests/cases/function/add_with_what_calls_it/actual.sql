-- SPDX-License-Identifier: MIT
CREATE TABLE a (id integer);
