from django.urls import include, path

from handrail.capabilities.people import views
from handrail.capabilities.people.lines.views import person_line

urlpatterns = [
    path("", views.people, name="people"),
    path("custodians/", include("handrail.capabilities.people.custody.urls")),
    path("import/", include("handrail.capabilities.people.imports.urls")),
    path("add/", views.person_add, name="person_add"),
    path("<int:person_id>/", views.person, name="person"),
    path("<int:person_id>/correct/", views.person_correct, name="person_correct"),
    path("<int:person_id>/line/", person_line, name="person_line"),
    path("<int:person_id>/roles/", views.person_roles, name="person_roles"),
    path("<int:person_id>/letter/", views.person_letter, name="person_letter"),
    path("delegates/", views.delegates, name="delegates"),
    path("delegates/<int:person_id>/", views.delegate_name, name="delegate_name"),
    path("delegates/<int:delegate_id>/end/", views.delegate_end, name="delegate_end"),
    path("organisations/choose/", views.organisation_choose, name="organisation_choose"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/coordinators/<int:person_id>/letter/", views.coordinator_letter, name="coordinator_letter"),
    path("organisations/add/", views.organisation_add, name="organisation_add"),
]
