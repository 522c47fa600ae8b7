-- SPDX-License-Identifier: MIT
CREATE FUNCTION connect(oid, oid, internal) RETURNS text LANGUAGE internal AS 'textin';
CREATE FOREIGN DATA WRAPPER own CONNECTION connect;
