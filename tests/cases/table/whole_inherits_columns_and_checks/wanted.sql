-- SPDX-License-Identifier: MIT
CREATE TABLE measures (at timestamptz NOT NULL DEFAULT now(), value real CHECK (value > 0));
CREATE TABLE room_measures (room integer NOT NULL) INHERITS (measures);
