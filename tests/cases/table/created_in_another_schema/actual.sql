-- SPDX-License-Identifier: MIT
CREATE SCHEMA audit;
