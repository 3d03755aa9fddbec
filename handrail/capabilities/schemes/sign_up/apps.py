from django.apps import AppConfig


class SignUpConfig(AppConfig):
    name = "handrail.capabilities.schemes.sign_up"
    label = "sign_up"
