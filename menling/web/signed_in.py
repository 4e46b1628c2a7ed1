"""Who is signed in: the session of a request and its person, each by one plain statement, for every page begins with both."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from menling.premises.models import Staff
from menling.premises.statements import columns, made, rows_of

OPENED = f"""
SELECT {columns(Session, "s")} FROM django_session s WHERE s.session_key = %(key)s AND s.expire_date > %(now)s
"""  # noqa: S608  # names of columns
EMPLOYED = f"""
SELECT {columns(Staff, "s")} FROM premises_staff s WHERE s.id = %(person)s AND s.is_active
"""  # noqa: S608  # names of columns


class SessionStore(db.SessionStore):
    """Sessions in the database, as Django keeps them."""

    def _get_session_from_db(self) -> Session | None:
        for row in rows_of(OPENED, {"key": self.session_key, "now": timezone.now()}):
            return made(Session, row)
        self._session_key = None
        return None


class PasswordBackend(ModelBackend):
    """Lets in by work number and password."""

    def get_user(self, user_id: int) -> Staff | None:
        """Return the person of a session while employed."""
        return employed(user_id)


def employed(person: int) -> Staff | None:
    """Return a member of staff by id, or None for somebody who left."""
    return next((made(Staff, row) for row in rows_of(EMPLOYED, {"person": person})), None)
