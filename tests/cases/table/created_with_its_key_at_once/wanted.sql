-- SPDX-License-Identifier: MIT
CREATE PUBLICATION everything FOR ALL TABLES;
-- A published table without a key refuses UPDATE and DELETE: there must be no such moment.
CREATE FUNCTION demand_key() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_catalog.pg_event_trigger_ddl_commands() c
             WHERE c.command_tag = 'CREATE TABLE' AND c.schema_name = 'public'
               AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k
                               WHERE k.conrelid = c.objid AND k.contype = 'p')) THEN
    RAISE EXCEPTION 'a table without a key';
  END IF;
END $$;
CREATE EVENT TRIGGER demand_key ON ddl_command_end EXECUTE FUNCTION demand_key();
CREATE TABLE notes (id bigint NOT NULL PRIMARY KEY, body text);
