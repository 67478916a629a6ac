"""The client of the load generator: whole answers, answers in pieces, and what is no answer."""

import base64
import socketserver
import threading
from contextlib import contextmanager

import pytest

from collegium.config.bench import load
from collegium.config.bench.exchange import Answer, BadAnswer, Reader, written

PLAIN = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nSet-Cookie: a=1; Path=/\r\nset-cookie: b=2\r\n\r\nhello"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n"


def pieces(data, length):
    reader = Reader()
    found = [reader.feed(data[at : at + length]) for at in range(0, len(data), length)]
    assert found[:-1] == [None] * (len(found) - 1)
    return found[-1]


@pytest.mark.parametrize("length", [1, 7, 1000])
def test_an_answer_is_put_together_from_any_pieces(length):
    headers = {"content-length": "5", "set-cookie": "a=1; Path=/\nb=2"}
    assert pieces(PLAIN, length) == Answer(200, headers, b"hello", len(PLAIN))
    assert pieces(CHUNKED, length) == Answer(200, {"transfer-encoding": "chunked"}, b"hello", len(CHUNKED))


def test_one_reader_reads_one_answer_after_another():
    reader = Reader()
    assert [reader.feed(data).body for data in (PLAIN, CHUNKED, PLAIN)] == [b"hello"] * 3


def test_an_answer_without_a_body_ends_with_its_head():
    assert Reader().feed(b"HTTP/1.1 304 Not Modified\r\n\r\n").body == b""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"SSH-2.0-x\r\n\r\n", "no answer of HTTP/1.1"),
        (b"HTTP/1.1 abc\r\n\r\n", "no answer of HTTP/1.1"),
        (b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "no header"),
        (b"HTTP/1.1 200 OK\r\n\r\nhello", "how long it is"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", "how long it is"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "length of a chunk"),
        (PLAIN + b"more", "more than one answer"),
    ],
)
def test_what_cannot_be_read_is_an_error(data, reason):
    with pytest.raises(BadAnswer, match=reason):
        Reader().feed(data)


def test_a_request_is_written_with_its_length():
    wire = base64.b64decode(written("POST", "/x/", host="localhost:1", headers={"Cookie": "a=1"}, body=b"raw=hi"))
    head = ["POST /x/ HTTP/1.1", "Host: localhost:1", "Accept: text/html", "Cookie: a=1", "Content-Length: 6"]
    assert wire == "\r\n".join([*head, "", "raw=hi"]).encode()


# --- the generator against a server that says what it is told


class Saying(socketserver.BaseRequestHandler):
    def handle(self):
        reader = bytearray()
        while data := self.request.recv(4096):
            reader += data
            while b"\r\n\r\n" in reader:
                head, _gap, rest = bytes(reader).partition(b"\r\n\r\n")
                reader[:] = rest
                self.server.heard.append(head.partition(b"\r\n")[0])
                self.request.sendall(self.server.says)
                if b"Connection: close" in self.server.says:
                    return


@contextmanager
def serving(says):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Saying) as server:
        server.daemon_threads = True
        server.says, server.heard = says, []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def plan(server, *paths, most=6, **other):
    requests = [{"wire": written("GET", path, host="localhost"), "status": 200} for path in paths]
    port = server.server_address[1]
    return {"port": port, "seconds": 30, "warm_up": 0, "most": most, "visitors": [requests], **other}


def test_the_generator_asks_in_turn_and_stops_at_the_number():
    with serving(PLAIN) as server:
        found = load.run(plan(server, "/a/", "/b/"))
        assert server.heard == [b"GET /a/ HTTP/1.1", b"GET /b/ HTTP/1.1"] * 3
    assert {name: found[name] for name in ("answered", "requests", "bytes")} == {
        "answered": 6,
        "requests": 6,
        "bytes": len(PLAIN),
    }


def test_who_is_told_that_the_connection_ends_asks_by_another():
    with serving(PLAIN.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)) as server:
        assert load.run(plan(server, "/a/", "/b/"))["answered"] == 6
        assert server.heard == [b"GET /a/ HTTP/1.1", b"GET /b/ HTTP/1.1"] * 3


def test_each_request_can_bear_its_number_and_its_turn():
    path = f"/{load.NUMBER.decode()}/{load.TURN.decode()}/"
    with serving(PLAIN) as server:
        described = plan(server, path, "/b/", most=4)
        described["visitors"][0][0]["turn"] = 7
        load.run(described)
        assert server.heard[::2] == [b"GET /0000000000/0000000007/ HTTP/1.1", b"GET /0000000002/0000000008/ HTTP/1.1"]


@pytest.mark.parametrize(
    ("says", "reason"),
    [
        (
            b"HTTP/1.1 500 Oh\r\nContent-Length: 6\r\n\r\nbroken",
            "GET /a/ HTTP/1.1 was answered with 500 instead of 200: broken",
        ),
        (b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /x\r\n\r\n", "302 instead of 200"),
        (b"nonsense\r\n\r\n", "no answer"),
    ],
)
def test_an_answer_that_is_not_the_one_expected_ends_the_measurement(says, reason):
    with serving(says) as server, pytest.raises(BadAnswer, match=reason):
        load.run(plan(server, "/a/"))


def test_percentiles_are_values_that_were_measured():
    assert [load.percentile([1.0, 2.0, 3.0, 4.0], share) for share in (1, 50, 51, 99)] == [1.0, 2.0, 3.0, 4.0]
    assert load.percentile([5.0], 50) == 5.0


def test_a_tally_without_answers_is_an_error():
    with pytest.raises(BadAnswer, match="Nothing was answered"):
        load.summary(load.Tally())


def test_a_tally_is_summed_up_in_milliseconds():
    tally = load.Tally(latencies=[0.002, 0.001, 0.004], size=300, answered=5, sent=5, seconds=1.5)
    assert load.summary(tally) == {
        "answered": 5,
        "requests": 3,
        "per_second": 2.0,
        "p50": 2.0,
        "p99": 4.0,
        "bytes": 100,
    }
