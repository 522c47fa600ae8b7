-- SPDX-License-Identifier: MIT
CREATE TABLE kept (a integer);
CREATE VIEW v AS SELECT a AS n FROM kept;
