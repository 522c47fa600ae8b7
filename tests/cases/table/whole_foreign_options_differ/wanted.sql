-- SPDX-License-Identifier: MIT
CREATE EXTENSION file_fdw;
CREATE EXTENSION postgres_fdw;
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'h', dbname 'd');
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE lines (line text NOT NULL, n integer DEFAULT 1, CHECK (n > 0)) SERVER files OPTIONS (filename '/dev/null', format 'csv');
