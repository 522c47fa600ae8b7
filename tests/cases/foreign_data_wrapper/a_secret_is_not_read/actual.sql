-- SPDX-License-Identifier: MIT
CREATE FOREIGN DATA WRAPPER bare OPTIONS (password 'b', a '1');
