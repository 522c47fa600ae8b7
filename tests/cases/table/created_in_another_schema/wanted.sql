-- SPDX-License-Identifier: MIT
CREATE SCHEMA audit;
CREATE TABLE audit.log (id bigint PRIMARY KEY, note text NOT NULL DEFAULT '');
