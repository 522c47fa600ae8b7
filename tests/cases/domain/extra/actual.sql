-- SPDX-License-Identifier: MIT
CREATE TABLE stays (id integer);
CREATE DOMAIN money AS numeric(10,2) DEFAULT 0 NOT NULL CONSTRAINT positive CHECK (VALUE >= 0);
