"""The WSGI application that `menling serve` puts behind granian."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from menling.together import end_with_master

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "menling.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  # every door is loaded before the first request
# What is loaded by now stays for good: nobody looks through it again in search of garbage while somebody waits.
gc.collect()
gc.freeze()
end_with_master()
