-- SPDX-License-Identifier: MIT
CREATE TABLE measures (value real CONSTRAINT positive CHECK (value > 0));
CREATE TABLE room_measures (room integer) INHERITS (measures);
