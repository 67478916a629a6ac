"""The addresses of sign-on letters."""

from django.urls import path

from .views import letters, moving, outsiders, papers, signatures, texts

app_name = "signons"

urlpatterns = [
    path("sign-on-letters/", letters.letters, name="list"),
    path("sign-on-letters/new/", letters.new_letter, name="new_letter"),
    path("sign-on-letters/outside/<slug:key>/", outsiders.outside, name="outside"),
    path("sign-on-letters/outside/<slug:key>/asked/", outsiders.asked, name="asked"),
    path("sign-on-letters/officers/<str:token>/", outsiders.outsider, name="outsider"),
    path("sign-on-letters/<number:letter_id>/", letters.letter, name="letter"),
    path("sign-on-letters/<number:letter_id>/history/", letters.history, name="history"),
    path("sign-on-letters/<number:letter_id>/terms/", letters.terms, name="terms"),
    path("sign-on-letters/<number:letter_id>/delivery/", letters.delivery, name="delivery"),
    path("sign-on-letters/<number:letter_id>/text/", texts.text, name="text"),
    path("sign-on-letters/<number:letter_id>/versions/<number:number>/", texts.version, name="version"),
    path("sign-on-letters/<number:letter_id>/changes/", texts.changes, name="changes"),
    path("sign-on-letters/<number:letter_id>/steps/<slug:step>/", moving.step, name="step"),
    path("sign-on-letters/<number:letter_id>/addendum/", moving.addendum, name="addendum"),
    path("sign-on-letters/<number:letter_id>/proof.pdf", papers.proof, name="proof"),
    path("sign-on-letters/<number:letter_id>/files/<slug:paper>.<slug:form>", papers.paper, name="paper"),
    path(
        "sign-on-letters/<number:letter_id>/signatures/<number:signature_id>/withdrawal/",
        signatures.withdrawal,
        name="withdrawal",
    ),
    path(
        "sign-on-letters/<number:letter_id>/signatures/<number:signature_id>/telling/",
        signatures.telling,
        name="telling",
    ),
    path("sign-on-letters/<number:letter_id>/outside/", outsiders.listed, name="outsiders"),
    path("sign-on-letters/<number:letter_id>/outside/opening/", outsiders.opening, name="open_outside"),
    path("sign-on-letters/<number:letter_id>/outside/closing/", outsiders.closing, name="close_outside"),
    path(
        "sign-on-letters/<number:letter_id>/outside/<number:outsider_id>/confirmation/",
        outsiders.confirmation,
        name="confirm",
    ),
    path("sign-on-letters/<number:letter_id>/outside/<number:outsider_id>/refusal/", outsiders.refusal, name="refuse"),
]
