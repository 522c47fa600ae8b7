-- SPDX-License-Identifier: MIT
CREATE TABLE invoice (id integer CONSTRAINT invoice_pkey PRIMARY KEY, total numeric(10,2) NOT NULL);
CREATE INDEX invoice_total ON invoice (total);
