from django.urls import path

from handrail.capabilities.pairings.safeguarding import views

urlpatterns = [
    path("contact/", views.scheme_contact, name="scheme_contact"),
    path("contact/<int:person_id>/", views.scheme_contact_name, name="scheme_contact_name"),
    path("reports/", views.reports, name="reports"),
    path("reports/<uuid:report_id>/", views.report, name="report"),
    path("reports/<uuid:report_id>/delete/", views.report_delete, name="report_delete"),
    path("<int:pairing_id>/contact/", views.pairing_contact, name="pairing_contact"),
    path("<int:pairing_id>/notes/report/", views.pairing_report, name="pairing_report"),
]
