from handrail.capabilities.starting_point.conversation.urls import urlpatterns as conversation_urls
from handrail.capabilities.starting_point.invitations.urls import urlpatterns as invitation_urls
from handrail.capabilities.starting_point.sharing.urls import urlpatterns as sharing_urls

urlpatterns = [*conversation_urls, *sharing_urls, *invitation_urls]
