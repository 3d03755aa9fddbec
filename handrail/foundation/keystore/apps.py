from django.apps import AppConfig


class KeystoreConfig(AppConfig):
    name = "handrail.foundation.keystore"
    label = "keystore"
