-- SPDX-License-Identifier: MIT
CREATE EXTENSION file_fdw;
CREATE EXTENSION postgres_fdw;
CREATE SERVER "Odd ""N"" äme" FOREIGN DATA WRAPPER file_fdw;
