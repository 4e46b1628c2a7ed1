"""Where the messages of a test arrive: an endpoint and a mail server on this machine."""

from collections.abc import Iterator

import pytest

from tests.receiving import Endpoint, Mailbox, endpoint, mail_server


@pytest.fixture
def gateway() -> Iterator[Endpoint]:
    """An endpoint that keeps what is posted to it."""
    with endpoint() as kept:
        yield kept


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server that keeps its mails."""
    with mail_server() as box:
        yield box
