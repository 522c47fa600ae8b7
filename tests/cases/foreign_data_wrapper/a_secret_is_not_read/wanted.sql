-- SPDX-License-Identifier: MIT
CREATE FOREIGN DATA WRAPPER bare OPTIONS (password 'a', url 'http://u:p@h', a '1');
