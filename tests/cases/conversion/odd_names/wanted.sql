-- SPDX-License-Identifier: MIT
CREATE CONVERSION "Odd ""N"" äme" FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
