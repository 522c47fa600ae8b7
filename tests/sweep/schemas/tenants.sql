-- SPDX-License-Identifier: MIT
-- One database for many tenants: row security, triggers, rules.
CREATE SCHEMA app;
CREATE SCHEMA audit;

CREATE FUNCTION app.tenant() RETURNS uuid LANGUAGE sql STABLE
  AS $$SELECT nullif(current_setting('app.tenant', true), '')::uuid$$;

CREATE TABLE app.tenants (
  id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
  name text NOT NULL UNIQUE,
  plan text DEFAULT 'free' NOT NULL CHECK (plan IN ('free', 'team', 'enterprise'))
);
CREATE TABLE app.users (
  id uuid DEFAULT gen_random_uuid(),
  tenant_id uuid DEFAULT app.tenant() NOT NULL,
  login text NOT NULL,
  roles text[] DEFAULT ARRAY['reader'] NOT NULL,
  seen_at timestamp(0) without time zone,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id) REFERENCES app.tenants ON DELETE CASCADE
);
CREATE UNIQUE INDEX users_login ON app.users (tenant_id, lower(login));
CREATE TABLE app.documents (
  id bigint GENERATED ALWAYS AS IDENTITY,
  tenant_id uuid DEFAULT app.tenant() NOT NULL REFERENCES app.tenants,
  owner_id uuid,
  title text NOT NULL,
  body text,
  version integer DEFAULT 1 NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT owner_is_of_tenant FOREIGN KEY (tenant_id, owner_id) REFERENCES app.users
    MATCH SIMPLE ON UPDATE CASCADE
);
ALTER TABLE app.documents REPLICA IDENTITY FULL;
ALTER TABLE app.documents ALTER body SET STORAGE EXTERNAL;

ALTER TABLE app.tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.users FORCE ROW LEVEL SECURITY;
ALTER TABLE app.documents ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenants_own ON app.tenants USING (id = app.tenant());
CREATE POLICY users_own ON app.users USING (tenant_id = app.tenant())
  WITH CHECK (tenant_id = app.tenant());
CREATE POLICY documents_read ON app.documents FOR SELECT USING (
  tenant_id = app.tenant() OR EXISTS (SELECT 1 FROM app.tenants t WHERE t.plan = 'enterprise'));
CREATE POLICY documents_write ON app.documents FOR INSERT WITH CHECK (tenant_id = app.tenant());
CREATE POLICY documents_late ON app.documents AS RESTRICTIVE FOR DELETE USING (version > 1);

CREATE TABLE audit.log (
  id bigserial,
  at timestamptz DEFAULT transaction_timestamp() NOT NULL,
  by name DEFAULT CURRENT_USER NOT NULL,
  what text NOT NULL,
  row_before jsonb
);
CREATE INDEX log_at ON audit.log USING brin (at) WITH (pages_per_range = 32);
CREATE RULE log_stays AS ON DELETE TO audit.log DO INSTEAD NOTHING;
CREATE RULE log_is_final AS ON UPDATE TO audit.log
  WHERE OLD.at < '2026-01-01' DO INSTEAD NOTHING;

CREATE FUNCTION audit.write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO audit.log (what, row_before) VALUES (TG_OP, to_jsonb(OLD));
  RETURN NULL;
END
$$;
CREATE TRIGGER documents_audit AFTER UPDATE OR DELETE ON app.documents
  FOR EACH ROW EXECUTE FUNCTION audit.write();
CREATE TRIGGER users_audit AFTER DELETE ON app.users
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION audit.write();
CREATE CONSTRAINT TRIGGER tenants_audit AFTER DELETE ON app.tenants
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.write();
ALTER TABLE app.documents ENABLE ALWAYS TRIGGER documents_audit;

CREATE FUNCTION audit.on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN NULL; END';
CREATE EVENT TRIGGER audit_ddl ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE')
  EXECUTE FUNCTION audit.on_ddl();
CREATE EVENT TRIGGER audit_drop ON sql_drop EXECUTE FUNCTION audit.on_ddl();
ALTER EVENT TRIGGER audit_drop DISABLE;

CREATE VIEW app.my_documents WITH (check_option = local) AS
  SELECT id, tenant_id, title FROM app.documents WHERE tenant_id = app.tenant();
COMMENT ON POLICY users_own ON app.users IS 'Nobody sees beyond the fence';
COMMENT ON TRIGGER documents_audit ON app.documents IS 'Kept for ten years';
COMMENT ON CONSTRAINT owner_is_of_tenant ON app.documents IS 'No owners from outside';
