"""Passkeys and authenticator apps."""

from datetime import timedelta

from . import given, then, when

EMAIL = "peer@lagoon.example"


def test_a_passkey_is_made_and_signs_in(scene):
    peer = scene.reader("peer")
    given.a_virtual_authenticator(peer)

    when.they_add_a_passkey(peer, name="office laptop")
    peer.open("/account/security/")
    peer.says("office laptop")

    when.they_sign_out(peer)
    then.they_are_asked_to_sign_in(peer, "/account/security/")
    peer.press("Sign in with a passkey")
    peer.press("Come in")
    assert peer.title == "Passkeys and codes"


def test_an_app_is_set_up_and_asked_for_after_the_code(scene):
    peer = scene.stranger()
    when.they_sign_in_by_code(peer, EMAIL)
    peer.press("Come in")

    secret = when.they_set_up_an_app(peer)
    peer.open("/account/security/")
    peer.says("After the code by letter we ask for one from your app.")

    when.they_sign_out(peer)
    when.the_clock_moves(scene, scene.now + timedelta(minutes=2))
    when.they_sign_in_by_code(peer, EMAIL)
    assert peer.title == "One more step"
    when.they_enter_the_number(peer, secret)
    assert peer.path == "/"
