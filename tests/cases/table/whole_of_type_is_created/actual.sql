-- SPDX-License-Identifier: MIT
CREATE SCHEMA "My App";
