-- SPDX-License-Identifier: MIT
CREATE ACCESS METHOD pile TYPE TABLE HANDLER heap_tableam_handler;
CREATE LANGUAGE bare HANDLER plpgsql_call_handler;
CREATE CONVERSION own FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE TRANSFORM FOR integer LANGUAGE sql (TO SQL WITH FUNCTION int4recv(internal));
