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

    def create(self, database):
        self._run("createdb", "-h", self.folder, "-U", "bench", database)

    def drop(self, database):
        self._run("dropdb", "-h", self.folder, "-U", "bench", database)

    def stop(self):
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
