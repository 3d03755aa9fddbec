"""The pages of the sign-in library that we use; those about passwords are not among them."""

from allauth.account import views as account
from allauth.socialaccount import views as provider
from django.urls import include, path

from handrail.capabilities.accounts.views import ActivateApp, AddPasskey

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("2fa/totp/activate/", ActivateApp.as_view(), name="mfa_activate_totp"),
    path("2fa/webauthn/add/", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("provider/cancelled/", provider.login_cancelled, name="socialaccount_login_cancelled"),
    path("provider/error/", provider.login_error, name="socialaccount_login_error"),
    path("provider/signup/", provider.signup, name="socialaccount_signup"),
    path("provider/", provider.connections, name="socialaccount_connections"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
