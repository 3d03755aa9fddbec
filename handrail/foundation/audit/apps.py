from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "handrail.foundation.audit"
    label = "audit"
