from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "handrail.foundation.vault"
    label = "vault"
