"""Words for the next page, kept by the browser in a signed cookie until then: never in a session, never in a row."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class NoticeStorage(CookieStorage):
    """Django's cookie, under a name that no other host can set."""

    cookie_name = "__Host-notices" if settings.HTTPS else "notices"
