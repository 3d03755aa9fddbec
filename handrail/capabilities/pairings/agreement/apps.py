from django.apps import AppConfig


class AgreementConfig(AppConfig):
    name = "handrail.capabilities.pairings.agreement"
    label = "agreement"
