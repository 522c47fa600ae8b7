-- SPDX-License-Identifier: MIT
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
