from django.urls import path

from handrail.capabilities.schemes.sign_up import views

urlpatterns = [
    path("", views.sign_up, name="sign_up"),
    path("mentor/", views.sign_up_mentor, name="sign_up_mentor"),
    path("mentor/time/", views.sign_up_time, name="sign_up_time"),
    path("step/<slug:step>/", views.sign_up_leader, name="sign_up_leader"),
    path("time/<str:token>/", views.mentor_time, name="mentor_time"),
    path("leader/wishes/", views.sign_up_wishes, {"side": "leader"}, name="sign_up_wishes"),
    path("mentor/wishes/", views.sign_up_wishes, {"side": "mentor"}, name="sign_up_wishes"),
    path("<slug:side>/pause/", views.sign_up_pause, name="sign_up_pause"),
    path("<slug:side>/go-on/", views.sign_up_resume, name="sign_up_resume"),
    path("<slug:side>/take-back/", views.sign_up_take_back, name="sign_up_take_back"),
]
