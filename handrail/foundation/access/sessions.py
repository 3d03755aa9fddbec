"""Django's sessions in the database, read once a page in a prepared read."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from handrail.foundation import clock
from handrail.foundation.prepared import prepared


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        found: list[Session] = _sessions(self.session_key or "", clock.now())
        if found:
            return found[0]
        self._session_key = None
        return None


@prepared
def _sessions(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
