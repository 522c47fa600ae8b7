-- SPDX-License-Identifier: MIT
CREATE TABLE other (id integer);
