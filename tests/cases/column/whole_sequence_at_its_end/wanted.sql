-- SPDX-License-Identifier: MIT
CREATE TABLE t (id smallserial PRIMARY KEY);
