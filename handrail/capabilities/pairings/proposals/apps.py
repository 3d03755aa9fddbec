from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "handrail.capabilities.pairings.proposals"
    label = "proposals"
