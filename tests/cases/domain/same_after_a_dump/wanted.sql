-- SPDX-License-Identifier: MIT
CREATE DOMAIN d AS varchar(9) CHECK (VALUE IN ('a', 'b')) CHECK (VALUE BETWEEN 'a' AND 'z') DEFAULT 'a';
