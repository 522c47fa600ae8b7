-- SPDX-License-Identifier: MIT
CREATE EXTENSION file_fdw;
CREATE EXTENSION postgres_fdw;
CREATE SERVER far TYPE 'big' VERSION '2' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (port '1', dbname 'e');
