-- SPDX-License-Identifier: MIT
CREATE TABLE measures (value real);
CREATE TABLE room_measures (value real, room integer);
