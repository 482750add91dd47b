"""libcurl's multi interface driven by epoll: bytes move, finished requests come out (push.md §3)."""

import ipaddress
import select
import socket
from contextlib import suppress

import pycurl

_TO_EPOLL = {
    pycurl.POLL_IN: select.EPOLLIN,
    pycurl.POLL_OUT: select.EPOLLOUT,
    pycurl.POLL_INOUT: select.EPOLLIN | select.EPOLLOUT,
}


class EpollMulti:
    """Many requests over few HTTP/2 connections, in one thread."""

    def __init__(self, connections: int, streams: int) -> None:
        self._epoll = select.epoll()
        self._watched: set[int] = set()
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_PIPELINING, pycurl.PIPE_MULTIPLEX)
        self._multi.setopt(pycurl.M_MAX_HOST_CONNECTIONS, connections)
        self._multi.setopt(pycurl.M_MAX_TOTAL_CONNECTIONS, connections)
        self._multi.setopt(pycurl.M_MAX_CONCURRENT_STREAMS, streams)
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._on_socket)
        self.add = self._multi.add_handle
        self.remove = self._multi.remove_handle
        self.finished = self._multi.info_read

    def turn(self, seconds: float) -> None:
        """Moves bytes until something happened, at most `seconds`.

        libcurl's timer is asked for once a turn: told of it by itself, we would hear it with every request added.
        """
        due = self._multi.timeout()  # milliseconds; negative: none
        for fd, events in self._epoll.poll(seconds if due < 0 else min(seconds, due / 1000)):
            self._multi.socket_action(fd, _to_curl(events))
        if self._multi.timeout() == 0:
            self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)

    def close(self) -> None:
        """Closes all connections."""
        self._multi.close()
        self._epoll.close()

    def _on_socket(self, wanted: int, fd: int, _multi: pycurl.CurlMulti, _data: object) -> None:
        if wanted == pycurl.POLL_REMOVE:
            self._watched.discard(fd)
            with suppress(OSError):  # libcurl may have closed it already, which unregisters it
                self._epoll.unregister(fd)
        elif fd in self._watched:
            self._epoll.modify(fd, _TO_EPOLL[wanted])
        else:
            self._watched.add(fd)
            self._epoll.register(fd, _TO_EPOLL[wanted])


def _to_curl(events: int) -> int:
    bits = 0
    if events & (select.EPOLLIN | select.EPOLLHUP):
        bits |= pycurl.CSELECT_IN
    if events & select.EPOLLOUT:
        bits |= pycurl.CSELECT_OUT
    if events & select.EPOLLERR:
        bits |= pycurl.CSELECT_ERR
    return bits


class _LoopbackSocket(socket.socket):
    """libcurl works on a duplicate of it; ours closes as soon as nobody holds it."""

    def __del__(self) -> None:
        self.close()


def open_loopback_socket(_purpose: int, address: tuple[int, int, int, tuple[str, int]]) -> socket.socket | int:
    """Opens sockets for drills, and only to this machine, whatever made libcurl ask for another (R1)."""
    family, kind, protocol, (host, *_port) = address
    if not ipaddress.ip_address(host).is_loopback:
        return pycurl.SOCKET_BAD
    return _LoopbackSocket(family, kind, protocol)
