-- SPDX-License-Identifier: MIT
INSERT INTO member VALUES ('a'), ('b');
