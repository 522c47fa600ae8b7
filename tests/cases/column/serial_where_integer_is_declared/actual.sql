-- SPDX-License-Identifier: MIT
-- What SQLAlchemy makes of Column(Integer, primary_key=True).
CREATE TABLE t (id serial PRIMARY KEY);
