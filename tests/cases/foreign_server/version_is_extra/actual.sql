-- SPDX-License-Identifier: MIT
CREATE EXTENSION file_fdw;
CREATE EXTENSION postgres_fdw;
CREATE SERVER far VERSION '2' FOREIGN DATA WRAPPER postgres_fdw;
