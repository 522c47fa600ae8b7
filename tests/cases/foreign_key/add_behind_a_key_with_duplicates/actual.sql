-- SPDX-License-Identifier: MIT
CREATE TABLE p (b integer);
CREATE TABLE c (y integer);
