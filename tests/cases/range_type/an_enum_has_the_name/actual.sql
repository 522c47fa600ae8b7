-- SPDX-License-Identifier: MIT
CREATE TYPE span AS ENUM ('short');
