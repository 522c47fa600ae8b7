-- SPDX-License-Identifier: MIT
CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('sad', 'happy');
