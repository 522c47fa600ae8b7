-- SPDX-License-Identifier: MIT
CREATE TABLE "p ""a""" (id integer PRIMARY KEY);
CREATE TABLE k (id integer PRIMARY KEY, p integer REFERENCES "p ""a""", q integer REFERENCES "p ""a""");
CREATE TABLE g (q integer);
ALTER TABLE g ADD FOREIGN KEY (q) REFERENCES "p ""a""" NOT VALID;
ALTER TABLE "p ""a""" DISABLE TRIGGER ALL;
