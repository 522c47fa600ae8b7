-- SPDX-License-Identifier: MIT
CREATE SEQUENCE s;
CREATE TABLE t (id bigint DEFAULT nextval('s'), a text DEFAULT 'A-' || nextval('s'));
