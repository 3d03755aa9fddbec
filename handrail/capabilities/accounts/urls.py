from django.urls import include, path

from handrail.capabilities.accounts import views
from handrail.capabilities.accounts.own_data.views import account_data

urlpatterns = [
    path("private/", include("handrail.capabilities.accounts.safekeeping.urls")),
    path("", views.account, name="account"),
    path("language/", views.language, name="language"),
    path("details/", views.account_details, name="account_details"),
    path("address/", views.account_address, name="account_address"),
    path("data/", account_data, name="account_data"),
    path("second-factor/", views.second_factor_needed, name="second_factor_needed"),
    path("provider-not-matched/", views.provider_not_matched, name="provider_not_matched"),
    path("first/<str:token>/", views.first_administrator, name="first_administrator"),
]
