-- SPDX-License-Identifier: MIT
CREATE SCHEMA app;
