"""The client's way to an engine's socket, which closes its own end when nobody listens.

Docker's client for Python opens a socket and forgets it when the connection is refused, so a process that goes on
while its engine is down would lose a file descriptor with each call.
"""

from __future__ import annotations

import socket
from typing import Any

import docker
from docker.transport.unixconn import UnixHTTPAdapter, UnixHTTPConnection, UnixHTTPConnectionPool

PREFIX = "http+docker://"


def close_when_refused(client: docker.APIClient) -> None:
    """Give a client of a Unix socket connections that close their end when refused; other clients stay as they are."""
    theirs = client.adapters.get(PREFIX)
    if isinstance(theirs, UnixHTTPAdapter):
        client.mount(PREFIX, _Adapter(theirs.socket_path, theirs.timeout, max_pool_size=theirs.max_pool_size))
        theirs.close()


class _Connection(UnixHTTPConnection):
    def connect(self) -> None:
        end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            end.settimeout(self.timeout)
            end.connect(self.unix_socket)
        except BaseException:
            end.close()
            raise
        self.sock = end


class _Pool(UnixHTTPConnectionPool):
    def _new_conn(self) -> Any:  # urllib3 names a wider type than Docker's own pool gives
        seconds: Any = self.timeout
        return _Connection(self.base_url, self.socket_path, seconds)


class _Adapter(UnixHTTPAdapter):
    def get_connection(self, url: bytes | str, proxies: object = None) -> _Pool:
        with self.pools.lock:
            pool = self.pools.get(url)
            if pool is None:
                pool = self.pools[url] = _Pool(str(url), self.socket_path, self.timeout, maxsize=self.max_pool_size)
        return pool
