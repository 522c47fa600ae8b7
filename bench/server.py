# SPDX-License-Identifier: MIT
"""A private PostgreSQL server in a temporary folder, on a unix socket only."""
import glob
import os
import pwd
import shutil
import subprocess
import tempfile

SETTINGS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    "max_locks_per_transaction": "4096", "shared_buffers": "1GB", "autovacuum": "off",
    "listen_addresses": "", "max_wal_size": "8GB",
}


def find_programs():
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda f: int(f.split("/")[4]))
    if not folders:
        raise SystemExit("error: no PostgreSQL server programs\nhint: scripts/packages build")
    return folders[-1]


def find_pgmend(named):
    here = os.path.dirname(os.path.abspath(__file__))
    for path in [named] if named else [f"{here}/../build/pgmend", f"{here}/../build-dev/pgmend"]:
        if os.access(path, os.X_OK):
            return os.path.abspath(path)
    raise SystemExit("error: pgmend is not built\nhint: cmake --preset release && "
                     "cmake --build --preset release")


class Server:
    def __init__(self, programs):
        self.programs = programs
        self.folder = tempfile.mkdtemp(prefix="pgmend-bench-")
        self.user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        if os.getuid() == 0:
            shutil.chown(self.folder, self.user)
        os.chmod(self.folder, 0o755)
        self.data = self.folder + "/data"
        self._run("initdb", "-D", self.data, "-A", "trust", "-U", "bench", "--no-sync",
                  "-E", "UTF8", "--locale=C")
        with open(self.data + "/postgresql.conf", "a", encoding="utf-8") as conf:
            for key, value in SETTINGS.items():
                conf.write(f"{key} = '{value}'\n")
            conf.write(f"unix_socket_directories = '{self.folder}'\n")
        self._run("pg_ctl", "-D", self.data, "-w", "-l", self.folder + "/log", "start")

    def _run(self, program, *arguments):
        command = [f"{self.programs}/{program}", *arguments]
        if os.getuid() == 0:
            command = ["setpriv", f"--reuid={self.user}", f"--regid={self.user}",
                       "--clear-groups", *command]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
        if done.returncode:
            raise SystemExit(f"error: {program} failed\n{done.stdout}{done.stderr}")

    def url(self, database, folder=None):
        return f"postgresql://bench@/{database}?host={folder or self.folder}"

    def create(self, database, template="template0"):
        self._run("createdb", "-h", self.folder, "-U", "bench", "-T", template, database)

    def run_script(self, database, statements):
        """By psql, some hundred statements in each transaction, and a VACUUM ANALYZE at the end."""
        script = ["SET client_min_messages = warning"]
        for number, statement in enumerate(statements):
            if number % 500 == 0:
                script.append("COMMIT; BEGIN" if number else "BEGIN")
            script.append(statement)
        self.psql(database, [*script, "COMMIT", "VACUUM ANALYZE"])

    def psql(self, database, statements):
        done = subprocess.run(
            [f"{self.programs}/psql", "-qX", "-v", "ON_ERROR_STOP=1", "-d", self.url(database)],
            input=";\n".join(statements) + ";\n", text=True, check=False,
            stdout=subprocess.DEVNULL)
        if done.returncode:
            raise SystemExit(f"error: the statements for {database} failed")

    def drop(self, database):
        self._run("dropdb", "-h", self.folder, "-U", "bench", database)

    def stop(self):
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
