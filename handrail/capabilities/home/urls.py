from django.urls import path

from handrail.capabilities.home import views

urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("home/", views.home, name="home"),
    path("what-each-role-sees/", views.what_each_role_sees, name="what_each_role_sees"),
    path("what-each-role-sees/<slug:role>/", views.what_each_role_sees, name="what_each_role_sees"),
]
