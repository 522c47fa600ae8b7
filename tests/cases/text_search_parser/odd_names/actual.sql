-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S s";
