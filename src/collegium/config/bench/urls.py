"""The house's addresses, the bare page the others are measured against, and finding without a page around it."""

from django.urls import path

from collegium.config import urls as house
from collegium.config.bench.bare import bare, finding

handler400 = house.handler400

urlpatterns = [
    path("bench/bare/", bare, name="bare"),
    path("bench/finding/", finding, name="finding"),
    *house.urlpatterns,
]
