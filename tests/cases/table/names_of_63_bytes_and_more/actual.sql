-- SPDX-License-Identifier: MIT
CREATE TABLE ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt (id integer);
