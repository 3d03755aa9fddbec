from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "handrail.capabilities.accounts"
    label = "accounts"
