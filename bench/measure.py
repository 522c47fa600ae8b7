# SPDX-License-Identifier: MIT
"""Runs a command and says what it took: of the whole process, as the system counts it."""
import dataclasses
import os
import select
import socket
import statistics
import subprocess
import tempfile
import threading
import time


@dataclasses.dataclass
class Run:
    wall: float     # seconds
    cpu: float      # seconds, of the command and its children, not of the server
    memory: int     # kB, the peak of the largest of its processes
    status: int
    output: str     # the end of what it said, for errors


@dataclasses.dataclass
class Wire:
    trips: int      # times that the client waited for an answer
    size: int       # bytes, both ways
    wall: float     # seconds, with the delay


def run(command, environment=None):
    with tempfile.TemporaryFile() as said:
        begun = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said,
                              env={**os.environ, **(environment or {})}) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - begun
        said.seek(0)
        output = said.read()[-2000:].decode(errors="replace")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, process.returncode, output)


def median(runs):
    return Run(statistics.median(r.wall for r in runs), statistics.median(r.cpu for r in runs),
               max(r.memory for r in runs), runs[0].status, "")


class Proxy:
    """Stands between a client and the server's socket, counts, and lets each trip take longer."""

    def __init__(self, behind, folder, delay_ms):
        self.behind = behind
        self.delay = delay_ms / 1000
        self.folder = folder
        os.makedirs(folder, exist_ok=True)
        self.path = f"{folder}/.s.PGSQL.5432"
        self.trips = self.size = 0
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.path)
        self.listener.listen(16)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client):
        upstream = socket.socket(socket.AF_UNIX)
        upstream.connect(self.behind)
        self.trips += 1
        try:
            self._relay(client, upstream)
        except OSError:  # one of them hung up while it was told something
            pass
        client.close()
        upstream.close()

    def _relay(self, client, upstream):
        waits = False  # whether the client has had an answer since it last said something
        while True:
            for ready in select.select([client, upstream], [], [])[0]:
                data = ready.recv(1 << 18)
                if not data:
                    return
                self.size += len(data)
                if ready is client:
                    if waits:
                        self.trips += 1
                        time.sleep(self.delay)
                    waits = False
                    upstream.sendall(data)
                else:
                    waits = True
                    client.sendall(data)

    def close(self):
        self.listener.close()
        os.unlink(self.path)


def wires(contenders, private, delay_ms):
    """One run of each of these through the proxy."""
    found = {}
    for contender in contenders:
        if not contender.by_host:
            continue
        proxy = Proxy(f"{private.folder}/.s.PGSQL.5432", f"{private.folder}/proxy", delay_ms)
        if contender.remembers:
            run(contender.by_host(proxy.folder), contender.environment)
            proxy.trips = proxy.size = 0
        got = run(contender.by_host(proxy.folder), contender.environment)
        proxy.close()
        found[contender.name] = Wire(proxy.trips, proxy.size, got.wall)
        if delay_ms:
            print(f"{contender.name}: {got.wall:.3f} s at {delay_ms} ms a trip")
    return found
