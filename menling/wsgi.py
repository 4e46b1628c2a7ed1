"""The WSGI application that `menling serve` puts behind granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "menling.settings")
application = get_wsgi_application()
