-- SPDX-License-Identifier: MIT
CREATE FUNCTION set_changed_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_at := now();
  RETURN NEW;
END $$;

CREATE TRIGGER orders_changed BEFORE UPDATE ON orders
  FOR EACH ROW EXECUTE FUNCTION set_changed_at();
