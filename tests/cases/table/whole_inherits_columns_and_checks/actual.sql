-- SPDX-License-Identifier: MIT
CREATE TABLE measures (at timestamptz NOT NULL DEFAULT now(), value real CHECK (value > 0));
