-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, CONSTRAINT k PRIMARY KEY (a));
