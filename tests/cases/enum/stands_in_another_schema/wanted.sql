-- SPDX-License-Identifier: MIT
CREATE SCHEMA app;
CREATE TYPE mood AS ENUM ('sad', 'happy');
