"""The application the web server runs."""

import gc
import os
import signal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collegium.config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from collegium.config import lifeline
from collegium.config.requests import Application, TrustedProxies
from collegium.config.turns import in_company

# Under a server of our own; any other looks after its processes itself.
if "COLLEGIUM_WEB" in os.environ:
    # Not a request to end: a process that is still starting would not hear it.
    lifeline.die_with(int(os.environ["COLLEGIUM_WEB"]), signal.SIGKILL)

house = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - every page is loaded now, and not with the first request
application: Application = TrustedProxies(house, settings.ENVIRONMENT.trusted_proxies)
if "COLLEGIUM_WEB" in os.environ:
    application = in_company(application, settings.ENVIRONMENT)

# What is made by now lives as long as the process: the collector looks only at what the pages make, and less often.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
