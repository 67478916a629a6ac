"""The house's settings for measuring: one page more, and the number of queries told to whoever asks for it."""

from collegium.config.settings import *  # noqa: F403 - Django reads the house's settings by name from here
from collegium.config.settings import MIDDLEWARE as HOUSE_MIDDLEWARE

ROOT_URLCONF = "collegium.config.bench.urls"
MIDDLEWARE = ["collegium.config.bench.bare.QueryCountMiddleware", *HOUSE_MIDDLEWARE]
