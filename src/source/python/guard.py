# SPDX-License-Identifier: MIT
"""Sees to it that the project's code reaches the scratch database and no other.

The drivers' own connect functions are replaced before any of the project's modules is imported.
So it does not matter where a project has its URL from, and a wrong one can do no harm. Other
database systems are refused by SQLAlchemy's do_connect event.
"""
import importlib

# What says where to connect, in the words of any driver. All else (options, factories) stays.
TARGET = {
    "host", "hostaddr", "port", "user", "password", "passwd", "dbname", "database", "dsn",
    "service", "servicefile", "passfile", "channel_binding", "require_auth", "requirepeer",
    "target_session_attrs", "load_balance_hosts", "gssencmode", "gsslib", "krbsrvname",
    "unix_sock", "async_creator_fn", "direct_tls",
}


def kept(given):
    return {k: v for k, v in given.items() if k not in TARGET and not k.startswith("ssl")}


class Guard:
    """Leads every connection to `scratch` (libpq's keywords), or refuses it if that is None."""

    def __init__(self, scratch, watch):
        self.scratch = scratch
        self.watch = watch
        self.drivers = []
        self.connections = 0
        for driver in ("psycopg2", "psycopg", "asyncpg", "pg8000"):
            try:
                module = importlib.import_module(driver)
            except ImportError:
                continue
            getattr(self, driver)(module)
            self.drivers.append(driver)
        self.refuse_other_systems()

    def refuse_while_importing(self):
        if self.scratch is None:
            raise Refusal("it connects to a database while it is imported",
                          "move that into a function, or name a module that does not do it")

    def target(self, **names):
        """The scratch database, with the keywords renamed for a driver: database="dbname"."""
        self.refuse_while_importing()
        self.connections += 1
        if names:
            self.watch.give_up("it connects by a driver that does not tell what is sent")
        if not names:
            return self.scratch
        return {name: self.scratch[key] for name, key in names.items() if key in self.scratch}

    def psycopg2(self, module):
        real = module.connect

        def connect(dsn=None, connection_factory=None, cursor_factory=None, **given):
            given = {**module.extensions.parse_dsn(dsn or ""), **given}
            if self.watch.is_on:
                connection_factory = self.watch.heard_connection(
                    connection_factory or module.extensions.connection, module.extensions.cursor)
            return real(connection_factory=connection_factory, cursor_factory=cursor_factory,
                        **kept(given), **self.target())

        module.connect = connect

    def psycopg(self, module):
        def led(real):
            def connect(cls, conninfo="", **given):
                given = {**module.conninfo.conninfo_to_dict(conninfo), **given}
                if self.watch.is_on and cls is module.Connection:
                    given["cursor_factory"] = self.watch.heard(
                        given.get("cursor_factory") or module.Cursor)
                elif self.watch.is_on:
                    self.watch.give_up("it does not wait for its connection")
                return real(cls, "", **kept(given), **self.target())

            return classmethod(connect)

        for cls in (module.Connection, module.AsyncConnection):
            cls.connect = led(cls.connect.__func__)
        module.connect = module.Connection.connect

    def asyncpg(self, module):
        real = module.connection.connect

        async def connect(dsn=None, **given):
            target = self.target(host="host", port="port", user="user", password="password",
                                 database="dbname", ssl="sslmode")
            return await real(**kept(given), **target)

        module.connect = module.connection.connect = connect

    def pg8000(self, module):
        real = module.connect

        def connect(*_, **given):
            target = self.target(host="host", port="port", user="user", password="password",
                                 database="dbname")
            target["port"] = int(target.get("port", 5432))
            if target.get("host", "").startswith("/"):
                target["unix_sock"] = f"{target.pop('host')}/.s.PGSQL.{target['port']}"
            return real(**{k: v for k, v in kept(given).items() if k != "ssl_context"}, **target)

        module.connect = module.dbapi.connect = connect

    def refuse_other_systems(self):
        from sqlalchemy import event
        from sqlalchemy.engine import Engine

        @event.listens_for(Engine, "do_connect")
        def check(dialect, *_):
            self.refuse_while_importing()
            if dialect.name != "postgresql":
                raise Refusal(f"it connects to {dialect.name}, not to PostgreSQL",
                              "set the variable that it reads its URL from, such as "
                              "DATABASE_URL=postgresql://app@db/app")
            if dialect.driver.split("_")[0] not in self.drivers:
                raise Refusal(f"it connects by the driver {dialect.driver}, which pgmend cannot "
                              "lead to the scratch database",
                              "use psycopg2, psycopg, asyncpg or pg8000")
