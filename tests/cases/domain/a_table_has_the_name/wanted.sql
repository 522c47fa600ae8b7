-- SPDX-License-Identifier: MIT
CREATE DOMAIN email AS text;
