"""Sockets that take up an earlier TLS session where a line was cut: no certificate crosses a slow line twice.

A ticket comes at any time after the handshake (RFC 8446, 4.6.1), so it is read when a connection is closed. It is good
for the one context it was made under: whoever trusts something else asks for the certificate.
"""

import ssl


def resuming_sockets() -> type[ssl.SSLSocket]:
    """A class for ``SSLContext.sslsocket_class``; its sockets share the session of the last that was closed."""
    kept: list[ssl.SSLSession] = []

    class ResumingSocket(ssl.SSLSocket):
        """Begins with the session that an earlier one left."""

        def do_handshake(self, block: bool = False) -> None:
            """As ever, but without the certificate where the other side still knows the session."""
            if kept:
                self.session = kept[-1]
            super().do_handshake(block)

        def close(self) -> None:
            """Leave the session to the next; one that was cut while it began has none to leave."""
            try:
                session = self.session
            except ValueError:  # OpenSSL cannot write down the session of a handshake that did not end
                session = None
            if session is not None and session.has_ticket:
                kept[:] = [session]
            super().close()

    return ResumingSocket
