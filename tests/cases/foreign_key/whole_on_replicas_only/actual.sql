-- SPDX-License-Identifier: MIT
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE k (p integer REFERENCES p);
DO $$
DECLARE t name;
BEGIN
  FOR t IN SELECT tgname FROM pg_trigger WHERE tgrelid = 'k'::regclass LOOP
    EXECUTE format('ALTER TABLE k ENABLE REPLICA TRIGGER %I', t);
  END LOOP;
END
$$;
