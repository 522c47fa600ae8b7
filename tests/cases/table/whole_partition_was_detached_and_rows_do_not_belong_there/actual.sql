-- SPDX-License-Identifier: MIT
CREATE TABLE events (at date) PARTITION BY RANGE (at);
CREATE TABLE events_2026 (at date);
