-- SPDX-License-Identifier: MIT
CREATE OPERATOR FAMILY none USING hash;
