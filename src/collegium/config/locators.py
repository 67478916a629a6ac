"""The addresses of what Collegium stands on, taken apart: database, mail relay, files."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class MailDoor(NamedTuple):
    """Where our own mail server hands letters over, and by which protocol."""

    protocol: str
    host: str
    port: int


NO_DOOR = MailDoor("lmtp", "127.0.0.1", 0)


class MailRelay(NamedTuple):
    """An SMTP relay: where, as whom, with which kind of encryption, and the sender's address of our letters."""

    host: str
    port: int
    user: str
    password: str
    tls: str  # "none", "starttls" or "implicit"
    timeout: int
    sender: str

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine."""
        return self.host in LOOPBACK


RELAY_SCHEMES = {"smtp": ("none", 25), "smtp+tls": ("starttls", 587), "smtps": ("implicit", 465)}


def database(url: str) -> dict[str, Any]:
    """Turn `postgresql://role:password@host:port/name?option=value` into Django's connection settings.

    A `host` option naming a folder stands for a Unix socket. Raises ValueError saying what is wrong.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("it must begin with postgresql://")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ValueError("it names no database; write postgresql://role:password@host:5432/name")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    port = options.pop("port", None) or str(parts.port or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
    }


def relay(url: str, *, sender: str) -> MailRelay:
    """Turn `smtp+tls://user:password@host:587?from=office@example.org&timeout=10` into a relay."""
    parts = urlsplit(url)
    if parts.scheme not in RELAY_SCHEMES:
        raise ValueError("it must begin with smtp+tls:// (STARTTLS), smtps:// (TLS) or smtp:// (no encryption)")
    if not parts.hostname:
        raise ValueError("it names no host; write smtp+tls://user:password@mail.example.org:587")
    options = dict(parse_qsl(parts.query))
    unknown = sorted(set(options) - {"from", "timeout"})
    if unknown:
        raise ValueError(f"it knows the options from and timeout, not {', '.join(unknown)}")
    if not options.get("timeout", "10").isdigit():
        raise ValueError("its timeout must be a number of seconds")
    tls, port = RELAY_SCHEMES[parts.scheme]
    return MailRelay(
        host=parts.hostname,
        port=parts.port or port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        timeout=int(options.get("timeout", "10")),
        sender=options.get("from", sender),
    )


def door(url: str) -> MailDoor:
    """Turn `lmtp://127.0.0.1:8024` into the door at which a mail server hands letters over."""
    parts = urlsplit(url)
    if parts.scheme not in {"lmtp", "smtp"} or not parts.hostname or not parts.port:
        raise ValueError("it must be lmtp://host:port or smtp://host:port")
    if parts.hostname not in LOOPBACK and not parts.hostname.startswith(("10.", "192.168.", "172.")):
        raise ValueError("it must be on this machine or in a private network: whoever reaches it hands letters over")
    return MailDoor(parts.scheme, parts.hostname, parts.port)


def storage(url: str) -> dict[str, Any]:
    """Turn `file:///folder` or `s3://bucket/prefix?endpoint=…&region=…` into a Django storage's settings."""
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        folder = Path(unquote(parts.path))
        options: dict[str, Any] = {"location": folder, "file_permissions_mode": 0o600}
        options["directory_permissions_mode"] = 0o700
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    if parts.scheme == "s3" and parts.netloc:
        return _bucket(parts.netloc, parts.path.strip("/"), dict(parse_qsl(parts.query)))
    raise ValueError("it must be file:///an/absolute/folder or s3://bucket/prefix")


def _bucket(bucket: str, prefix: str, options: dict[str, str]) -> dict[str, Any]:
    names = {"endpoint": "endpoint_url", "region": "region_name"}
    unknown = sorted(set(options) - set(names))
    if unknown:
        raise ValueError(f"it knows the options endpoint and region, not {', '.join(unknown)}")
    try:
        import storages.backends.s3  # type: ignore[import-not-found, unused-ignore]  # noqa: F401, PLC0415 - only a deployment on S3 installs it
    except ImportError:
        raise ValueError("a bucket needs one more package: pip install 'django-storages[s3]'") from None
    settings: dict[str, Any] = {"bucket_name": bucket, "location": prefix, "default_acl": "private"}
    settings |= {"querystring_auth": True, "file_overwrite": False}
    settings |= {names[key]: value for key, value in options.items()}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": settings}
