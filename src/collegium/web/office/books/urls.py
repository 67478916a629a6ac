"""Addresses of the registry, within the office."""

from django.urls import path

from ..views import functions, joinings, persons, seats, societies, standings

registry = [
    path("societies/", societies.societies, name="societies"),
    path("societies/societies.csv", societies.societies_csv, name="societies_csv"),
    path("societies/<slug:slug>/", societies.society, name="society"),
    path("societies/<slug:slug>/facts/", societies.facts, name="facts"),
    path("societies/<slug:slug>/standing/", standings.change_standing, name="standing"),
    path("societies/<slug:slug>/seats.csv", societies.society_seats_csv, name="society_seats_csv"),
    path("societies/<slug:slug>/tenures/", seats.start_tenure, name="new_tenure"),
    path("tenures/<number:tenure>/", seats.end_tenure, name="tenure"),
    path("tenures/<number:tenure>/mandates/", seats.give_mandate, name="new_mandate"),
    path("mandates/<number:mandate>/", seats.end_mandate, name="mandate"),
    path("people/", persons.persons, name="persons"),
    path("people/people.csv", persons.persons_csv, name="persons_csv"),
    path("people/<slug:handle>/", persons.person, name="person"),
    path("people/<slug:handle>/addresses/", persons.propose_address, name="person_address"),
    path("people/<slug:handle>/joining/", joinings.begin, name="begin_joining"),
    path("joinings/<number:pk>/withdrawal/", joinings.withdraw, name="withdraw_joining"),
    path("functions/", functions.functions, name="functions"),
    path("functions/functions.csv", functions.functions_csv, name="functions_csv"),
    path("functions/<slug:function>/", functions.function, name="function"),
    path("functions/<slug:function>/name/", functions.rename_function, name="rename_function"),
    path("functions/<slug:function>/seats.csv", functions.function_seats_csv, name="function_seats_csv"),
    path("new/society/", societies.new_society, name="new_society"),
    path("new/person/", persons.new_person, name="new_person"),
    path("new/function/", functions.new_function, name="new_function"),
]
