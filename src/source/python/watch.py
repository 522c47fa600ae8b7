# SPDX-License-Identifier: MIT
"""What the answer was made of, so that it need not be made again while nothing of it has changed:
files that were opened or looked for, folders that were listed, variables that were read. Whatever
else can be different next time (a clock, chance, other programs, the network) makes it unknown.
"""
import os
import sys
import sysconfig

# What can be different each time, as cProfile calls it.
FICKLE = {"<built-in method " + name + ">" for name in (
    "now", "utcnow", "today", "time.time", "time.time_ns", "time.localtime", "time.gmtime",
    "time.strftime", "time.ctime", "time.asctime", "time.monotonic", "time.perf_counter",
    "posix.urandom", "posix.getrandom", "posix.getpid", "posix.getppid", "posix.uname",
    "posix.getlogin", "posix.getloadavg", "posix.times", "posix.cpu_count",
    "_uuid.generate_time_safe", "_socket.gethostname")} | {
    f"<method '{name}' of '_random.Random' objects>" for name in ("random", "getrandbits")}
# Of Python's own library, whoever calls these asks for chance, or for a name by it.
FICKLE_MODULES = {"uuid.py", "random.py", "secrets.py", "tempfile.py", "platform.py", "getpass.py"}
# These look at clocks for their logs and pools.
TRUSTED = ("sqlalchemy", "alembic", "mako", "psycopg2", "psycopg", "asyncpg", "pg8000",
           "greenlet")
# Other programs, other machines, other databases.
ELSEWHERE = {"subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn",
             "os.spawn", "pty.spawn", "sqlite3.connect", "socket.gethostname",
             "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr",
             "urllib.Request"}
STEER_PYTHON = ("VIRTUAL_ENV", "HOME", "PATH", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ",
                "LD_LIBRARY_PATH", "LD_PRELOAD", "PYTHONPATH", "PYTHONHOME", "PYTHONHASHSEED",
                "PYTHONOPTIMIZE", "PYTHONWARNINGS", "PYTHONUTF8", "PYTHONNOUSERSITE",
                "PYTHONSAFEPATH", "PYTHONUSERBASE", "PYTHONPLATLIBDIR", "PYTHONDEVMODE")


class Watch:
    def __init__(self):
        self.made_of = {}  # of (sort, what), in their order
        self.unknown = "" if sys.version_info >= (3, 8) else "this Python tells of nothing"
        self.statements = []
        self.is_on = False
        self.profile = None
        paths = sysconfig.get_paths()
        self.library = tuple(paths[name] + os.sep for name in ("stdlib", "platstdlib"))
        self.packages = ("site-packages", "dist-packages")

    def start(self):
        if self.unknown:
            return
        import _lsprof

        for name in STEER_PYTHON:
            self.add("v", name)
        self.follow_stat()
        self.follow_threads()
        self.is_on = True
        sys.addaudithook(self.hear)
        self.profile = _lsprof.Profiler(subcalls=True, builtins=True)
        self.profile.enable()

    def add(self, sort, what):
        self.made_of[(sort, str(what))] = None

    def give_up(self, why):
        self.unknown = self.unknown or str(why)

    def is_installed(self, path):
        return any(f"{os.sep}{name}{os.sep}" in path for name in self.packages) or \
            path.startswith(self.library)

    def file(self, path):
        """Of installed packages, which file it is; of all else, what is in it."""
        path = os.path.abspath(os.fsdecode(path))
        if path.startswith(("/proc/", "/sys/", "/dev/")):
            if path != "/dev/null":
                self.give_up(f"it reads {path}")
        elif path.endswith(".pyc"):
            return  # its source is in sys.modules
        else:
            self.add("f" if self.is_installed(path) else "x", path)

    def hear(self, event, given):
        """Called by Python for all that it does with the system (its documentation, "Audit events
        table")."""
        if not self.is_on:
            return
        try:
            self.hear_one(event, given)
        except Exception as error:  # it would be the project's otherwise
            self.give_up(error)

    def hear_one(self, event, given):
        if event == "open":
            self.hear_open(*given)
        elif event in ("os.listdir", "os.scandir"):
            if not isinstance(given[0], int):
                self.add("n", os.path.abspath(os.fsdecode(given[0] or ".")))
        elif event == "socket.connect":
            address = given[1]
            if not isinstance(address, (str, bytes)):
                self.give_up("it connects somewhere")
        elif event in ELSEWHERE and not self.is_harmless(event, given):
            self.give_up(f"it calls {event}")

    def hear_open(self, path, mode, flags):
        if isinstance(path, int):
            return
        writes = flags & (os.O_WRONLY | os.O_RDWR)
        if writes == os.O_WRONLY or (isinstance(mode, str) and mode[:1] in "wxa" and
                                     "+" not in mode):
            return  # what it writes is no part of the answer
        if writes:
            self.give_up(f"it reads and writes {path}")
        else:
            self.file(path)

    @staticmethod
    def is_harmless(event, given):
        """ctypes looks for libraries by it."""
        return event == "subprocess.Popen" and str(given[0]).endswith("ldconfig")

    def follow_stat(self):
        """Whether files are there is asked by this, whatever function asks it."""
        watch = self

        class Asked:
            """No function: until 3.10, pathlib has these as attributes of a class, where a
            function would become a method."""

            def __init__(self, real):
                self.real = real

            def __call__(self, path, *args, **given):
                if watch.is_on and isinstance(path, (str, bytes, os.PathLike)):
                    whole = os.path.abspath(os.fsdecode(path))
                    if not watch.is_installed(whole):
                        watch.add("k", whole)
                return self.real(path, *args, **given)

        for name in ("stat", "lstat", "access"):
            setattr(os, name, Asked(getattr(os, name)))

    def follow_threads(self):
        import _thread
        import threading

        def begun(*_, **__):
            if self.is_on:
                self.give_up("it starts threads")
            return real(*_, **__)

        real = _thread.start_new_thread
        _thread.start_new_thread = threading._start_new_thread = begun

    def follow_variables(self):
        """Those that are read from now on."""
        watch = self

        class Followed(dict):
            def __getitem__(self, key):
                watch.variable(key)
                return super().__getitem__(key)

            def get(self, key, default=None):
                watch.variable(key)
                return super().get(key, default)

            def __contains__(self, key):
                watch.variable(key)
                return super().__contains__(key)

            def __iter__(self):
                watch.all_variables(self)
                return super().__iter__()

            def keys(self):
                watch.all_variables(self)
                return super().keys()

            def items(self):
                watch.all_variables(self)
                return super().items()

            def values(self):
                watch.all_variables(self)
                return super().values()

            def copy(self):
                watch.all_variables(self)
                return super().copy()

        os.environ._data = Followed(os.environ._data)

    def variable(self, name):
        if self.is_on:
            self.add("v", os.fsdecode(name))

    def all_variables(self, names):
        if self.is_on:
            self.add("e", "")
            for name in dict.keys(names):
                self.variable(name)

    def heard(self, cursor):
        """The same class of cursors, whose statements are known."""
        watch = self

        class Heard(cursor):
            def execute(self, query, *args, **given):
                watch.sent(query)
                return super().execute(query, *args, **given)

            def executemany(self, query, *args, **given):
                watch.sent(query)
                return super().executemany(query, *args, **given)

            def __getattribute__(self, name):
                if name in ("callproc", "copy", "copy_expert", "copy_from", "copy_to", "stream"):
                    watch.give_up(f"it uses {name}")
                return super().__getattribute__(name)

        return Heard

    def heard_connection(self, connection, cursor):
        """The same of connections of psycopg2."""
        watch = self

        class Heard(connection):
            def cursor(self, *args, **given):
                given["cursor_factory"] = watch.heard(
                    given.get("cursor_factory") or self.cursor_factory or cursor)
                return super().cursor(*args, **given)

        return Heard

    def sent(self, query):
        text = query.decode(errors="replace") if isinstance(query, bytes) else query
        if isinstance(text, str):
            self.statements.append(text)
        else:
            self.give_up("it sends what is no text")

    def stop(self):
        if self.profile is None or not self.is_on:
            return
        self.is_on = False
        self.profile.disable()
        for entry in self.profile.getstats():
            self.look_at_calls(entry)
        for module in list(sys.modules.values()):
            file = getattr(module, "__file__", None)
            if isinstance(file, str):
                self.file(file)
        self.add("f", os.path.realpath(sys.executable))
        self.add("x", os.path.join(sys.prefix, "pyvenv.cfg"))
        for folder in sys.path:
            self.add("n", os.path.abspath(folder))
        with open("/proc/self/maps", encoding="utf-8", errors="replace") as maps:
            mapped = {line.split(None, 5)[5].rstrip("\n") for line in maps if " /" in line}
        for file in sorted(mapped):
            if not file.startswith(("/dev/", "/memfd", "/SYSV", "/anon")):
                self.add("f", file)

    def look_at_calls(self, entry):
        """Whether the project's code asked for the time, or for chance."""
        if isinstance(entry.code, str) or self.is_trusted(entry.code.co_filename):
            return
        for call in entry.calls or ():
            if isinstance(call.code, str):
                if call.code in FICKLE:
                    self.give_up(f"{entry.code.co_filename} calls {call.code}")
            elif os.path.basename(call.code.co_filename) in FICKLE_MODULES and \
                    call.code.co_filename.startswith(self.library) and \
                    call.code.co_name not in ("<module>", "__init__"):
                self.give_up(f"{entry.code.co_filename} calls {call.code.co_name}")

    def is_trusted(self, file):
        is_library = file.startswith(self.library) and \
            not any(name in file for name in self.packages)
        if is_library or file.startswith(("<stdin>", "<frozen ")):
            return True
        return any(f"{os.sep}{folder}{os.sep}{name}" in file
                   for folder in self.packages for name in TRUSTED)

    def answer(self):
        if self.unknown:
            return {"unknown": self.unknown}
        return {"made_of": [[sort, what] for sort, what in self.made_of],
                "ran": self.statements}
