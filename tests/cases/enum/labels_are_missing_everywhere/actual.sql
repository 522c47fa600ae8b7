-- SPDX-License-Identifier: MIT
CREATE TYPE mood AS ENUM ('c', 'f');
