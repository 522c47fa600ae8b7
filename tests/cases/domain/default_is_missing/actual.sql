-- SPDX-License-Identifier: MIT
CREATE DOMAIN d AS integer;
