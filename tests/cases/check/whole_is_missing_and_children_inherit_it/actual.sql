-- SPDX-License-Identifier: MIT
CREATE TABLE measures (value real);
CREATE TABLE room_measures (room integer) INHERITS (measures);
