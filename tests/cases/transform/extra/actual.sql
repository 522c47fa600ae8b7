-- SPDX-License-Identifier: MIT
CREATE TABLE stays (id integer);
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));
