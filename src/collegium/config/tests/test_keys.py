"""The secrets Collegium makes for itself."""

import stat
from concurrent.futures import ThreadPoolExecutor

from collegium.config import keys


def test_a_secret_is_made_once_and_readable_by_nobody_else(tmp_path):
    first = keys.kept(tmp_path, "secret")
    assert keys.kept(tmp_path, "secret") == first
    assert len(first) > 80
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "keys" / "secret").stat().st_mode) == 0o600


def test_two_names_are_two_secrets(tmp_path):
    assert keys.kept(tmp_path, "secret") != keys.kept(tmp_path, "collegium_owner")


def test_all_who_ask_at_once_get_the_same(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        found = set(pool.map(lambda _number: keys.kept(tmp_path, "secret"), range(64)))
    assert len(found) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["secret"]
