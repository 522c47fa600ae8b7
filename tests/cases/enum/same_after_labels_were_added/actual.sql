-- SPDX-License-Identifier: MIT
CREATE TYPE mood AS ENUM ('happy'); ALTER TYPE mood ADD VALUE 'ok' BEFORE 'happy'; ALTER TYPE mood ADD VALUE 'sad' BEFORE 'ok';
