-- SPDX-License-Identifier: MIT
CREATE TABLE old (id integer);
