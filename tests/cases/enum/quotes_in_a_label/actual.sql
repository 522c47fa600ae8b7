-- SPDX-License-Identifier: MIT
CREATE TYPE word AS ENUM ('json', 'b');
