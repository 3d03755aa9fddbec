from django.urls import path

from handrail.demo import views

urlpatterns = [
    path("", views.demo, name="demo"),
    path("<slug:role>/", views.demo_sign_in, name="demo_sign_in"),
]
