"""Who the signed-in account is: allauth's way in, read once a page in a prepared read."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from handrail.capabilities.accounts.models import Account
from handrail.foundation.prepared import prepared


class AccountBackend(AuthenticationBackend):
    def get_user(self, user_id: int) -> Account | None:
        found: list[Account] = _accounts(int(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None


@prepared
def _accounts(account_id: int) -> QuerySet[Account]:
    return Account.objects.filter(pk=account_id)
