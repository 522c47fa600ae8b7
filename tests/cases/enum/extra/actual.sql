-- SPDX-License-Identifier: MIT
CREATE TABLE stays (id integer);
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
