-- SPDX-License-Identifier: MIT
CREATE EXTENSION file_fdw;
CREATE EXTENSION postgres_fdw;
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'h', dbname 'd');
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE "R ""r" ("Odd ""N"" äme" integer OPTIONS (column_name 'it''s')) SERVER far;
