from django.apps import AppConfig


class WalkThroughsConfig(AppConfig):
    name = "handrail.capabilities.starting_point.walkthroughs"
    label = "walkthroughs"
