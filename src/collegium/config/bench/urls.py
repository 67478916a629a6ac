"""The house's addresses, and the bare page the others are measured against."""

from django.urls import path

from collegium.config import urls as house
from collegium.config.bench.bare import bare

handler400 = house.handler400

urlpatterns = [path("bench/bare/", bare, name="bare"), *house.urlpatterns]
