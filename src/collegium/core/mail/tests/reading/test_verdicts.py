"""What our own server found about a sender counts; what anybody else wrote does not."""

import pytest

from collegium.core.mail.reading import Verdict, read

OURS = "mx.council.example"


def verdict(*fields, sender="clara@nordwind.example", server=OURS):
    head = "".join(f"Authentication-Results: {field}\r\n" for field in fields)
    return read(f"{head}From: {sender}\r\n\r\nThe text.".encode()).authentication(server)


def test_a_pass_is_for_the_domain_of_the_sender():
    found = verdict(
        f"{OURS}; spf=pass smtp.mailfrom=nordwind.example; dmarc=pass (p=REJECT) header.from=nordwind.example"
    )
    assert found == Verdict("pass", "nordwind.example")
    assert found.passed


@pytest.mark.parametrize("result", ["fail", "none", "temperror", "permerror"])
def test_other_results_are_told_and_do_not_pass(result):
    found = verdict(f"{OURS}; dmarc={result} header.from=nordwind.example")
    assert (found.result, found.passed) == (result, False)


@pytest.mark.parametrize(
    "field",
    [
        "mx.other.example; dmarc=pass header.from=nordwind.example",
        "mx.council.example.evil.example; dmarc=pass header.from=nordwind.example",
        "evil.mx.council.example; dmarc=pass header.from=nordwind.example",
        "(mx.council.example) x.example; dmarc=pass header.from=nordwind.example",
        "dmarc=pass header.from=nordwind.example",
        "",
        ";;;",
    ],
)
def test_only_our_own_server_is_heard(field):
    assert verdict(field) == Verdict("none", None)


def test_only_the_topmost_field_of_our_server_counts():
    forged = f"{OURS}; dmarc=pass header.from=nordwind.example"
    assert verdict(f"{OURS}; dmarc=fail header.from=nordwind.example", forged).result == "fail"
    assert verdict(f"{OURS}; spf=pass smtp.mailfrom=x.example", forged).result == "none"
    assert verdict("mx.other.example; dmarc=fail header.from=nordwind.example", forged).result == "pass"


def test_a_pass_for_another_domain_is_none():
    assert verdict(f"{OURS}; dmarc=pass header.from=evil.example") == Verdict("permerror", "evil.example")
    assert verdict(f"{OURS}; dmarc=pass") == Verdict("permerror", None)
    several = verdict(f"{OURS}; dmarc=pass header.from=nordwind.example", sender="a@nordwind.example, b@evil.example")
    assert not several.passed


def test_what_stands_in_comments_and_quotes_says_nothing():
    assert verdict(f'{OURS}; spf=fail reason="x; dmarc=pass header.from=nordwind.example"').result == "none"
    assert verdict(f"{OURS}; spf=fail (x; dmarc=pass (deep) header.from=nordwind.example)").result == "none"
    assert (
        verdict(f"{OURS}; dkim=pass header.d=x; dmarc=fail (dmarc=pass) header.from=nordwind.example").result == "fail"
    )


def test_the_grammar_is_met_in_all_its_forms():
    assert verdict(f"{OURS} 1; dmarc = pass\r\n (p=none) header.from = Nordwind.Example").passed
    assert verdict(f'"{OURS}"; dmarc=pass header.from=nordwind.example').passed
    assert verdict(f"{OURS.upper()};dmarc=pass header.from=nordwind.example").passed
    assert verdict(f"{OURS} 2; dmarc=pass header.from=nordwind.example").result == "permerror"
    assert verdict(f"{OURS}; dmarc=sure header.from=nordwind.example").result == "permerror"


def test_two_verdicts_in_one_field_are_none():
    two = f"{OURS}; dmarc=fail header.from=nordwind.example; dmarc=pass header.from=nordwind.example"
    assert verdict(two).result == "permerror"


def test_no_name_of_ours_is_no_verdict():
    assert verdict("; dmarc=pass header.from=nordwind.example", server="") == Verdict()


def test_a_domain_in_another_script_is_compared_in_ascii():
    field = f"{OURS}; dmarc=pass header.from=xn--bcher-kva.example"
    assert verdict(field, sender="clara@bücher.example") == Verdict("pass", "xn--bcher-kva.example")
