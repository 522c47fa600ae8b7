-- SPDX-License-Identifier: MIT
CREATE DOMAIN d AS text COLLATE "C";
