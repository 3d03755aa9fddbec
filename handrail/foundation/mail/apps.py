from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "handrail.foundation.mail"
    label = "mail"
