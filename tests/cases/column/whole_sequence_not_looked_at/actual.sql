-- SPDX-License-Identifier: MIT
CREATE TABLE without_key (id serial);
CREATE TABLE two (id serial, k integer, PRIMARY KEY (id, k));
CREATE TABLE partial (id serial);
CREATE UNIQUE INDEX p ON partial (id) WHERE id > 3;
CREATE SEQUENCE round MAXVALUE 9 CYCLE;
CREATE TABLE cycle (id integer PRIMARY KEY DEFAULT nextval('round'));
ALTER SEQUENCE round OWNED BY cycle.id;
