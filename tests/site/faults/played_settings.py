"""The site's settings, with the app that counts deliveries."""

from sekisho.config.settings import *  # noqa: F403
from sekisho.config.settings import INSTALLED_APPS as _APPS

INSTALLED_APPS = [*_APPS, "tests.site.faults.counting.Counting"]
