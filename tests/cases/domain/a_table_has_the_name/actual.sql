-- SPDX-License-Identifier: MIT
CREATE TABLE email (address text);
