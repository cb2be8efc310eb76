"""Loopback ports."""

import socket

LOOPBACK = "127.0.0.1"


def is_free(port: int, host: str = LOOPBACK) -> bool:
    with socket.socket() as probe:
        # As servers do it: a port whose last connections only wait to time out is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(first: int, host: str = LOOPBACK) -> int:
    """`first`, or the next port above it that nobody holds."""
    for port in range(first, first + 100):
        if is_free(port, host):
            return port
    raise OSError(f"No free port from {first} to {first + 99}")
