"""What programs print on a pseudo-terminal."""

from __future__ import annotations


def read_all(descriptor: int) -> bytes:
    """All that comes through our side of a terminal or a pipe, until the other side is closed; ours is closed then."""
    data = b""
    with open(descriptor, "rb", buffering=0) as stream:
        try:
            while piece := stream.read(4096):
                data += piece
        except OSError:  # Linux's way to say that the other side of a terminal is closed
            pass
    return data
