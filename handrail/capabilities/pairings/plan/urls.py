from django.urls import include, path

from handrail.capabilities.pairings.plan import views
from handrail.capabilities.pairings.plan.seen.views import plan_changes
from handrail.capabilities.pairings.plan.together.urls import urlpatterns as together_urls
from handrail.capabilities.pairings.plan.weekly.urls import urlpatterns as weekly_urls

urlpatterns = [
    path("", views.plan, name="plan"),
    path("begin/", views.plan_begin, name="plan_begin"),
    path("for/", views.plan_goals, name="plan_goals"),
    path("go-on/", views.plan_go_on, name="plan_go_on"),
    path("changes/", plan_changes, name="plan_changes"),
    path("delete/", views.plan_delete, name="plan_delete"),
    *weekly_urls,
    *together_urls,
    path("<uuid:plan_id>/", views.plan_of_the_pair, name="plan_of_the_pair"),
    path("<uuid:plan_id>/choose/", views.plan_choose, name="plan_choose"),
    path("<uuid:plan_id>/write/", views.plan_write, name="plan_write"),
    path("<uuid:plan_id>/step/<uuid:item_id>/", include("handrail.capabilities.pairings.plan.doing.urls")),
]
