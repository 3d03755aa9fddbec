from django.urls import path

from handrail.capabilities.impact.plans import views

urlpatterns = [
    path("", views.impact_plans, name="impact_plans"),
    path("new/", views.impact_plan_new, name="impact_plan_new"),
    path("<int:impact_plan_id>/", views.impact_plan, name="impact_plan"),
    path("<int:impact_plan_id>/progress/", views.impact_plan_progress, name="impact_plan_progress"),
    path("<int:impact_plan_id>/freeze/", views.impact_plan_freeze, name="impact_plan_freeze"),
    path("<int:impact_plan_id>/put-aside/", views.impact_plan_put_aside, name="impact_plan_put_aside"),
    path("<int:impact_plan_id>/file/", views.impact_plan_file, name="impact_plan_file"),
]
