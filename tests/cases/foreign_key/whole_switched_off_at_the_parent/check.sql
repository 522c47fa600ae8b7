-- SPDX-License-Identifier: MIT
SELECT bool_and(tgenabled = 'O') FROM pg_trigger;
