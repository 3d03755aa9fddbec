from django.apps import AppConfig


class IdempotencyConfig(AppConfig):
    name = "handrail.foundation.idempotency"
    label = "idempotency"
