-- SPDX-License-Identifier: MIT
SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix'::regclass;
