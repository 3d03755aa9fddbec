from django.apps import AppConfig


class SpreadsheetsConfig(AppConfig):
    name = "handrail.capabilities.pairings.spreadsheets"
    label = "spreadsheets"
