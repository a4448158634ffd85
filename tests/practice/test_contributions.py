"""Each room gives what it has, once."""

from practice.contributions import Contributions


def first(client):
    return [f"{client} walked"]


def test_everybody_is_asked():
    timeline: Contributions[[str], str] = Contributions("timeline")
    timeline.register(first)
    timeline.register(lambda client: [f"{client} slept", f"{client} woke"])

    assert list(timeline("Sam")) == ["Sam walked", "Sam slept", "Sam woke"]


def test_who_registers_twice_gives_once():
    timeline: Contributions[[str], str] = Contributions("timeline")
    timeline.register(first)
    timeline.register(first)

    assert list(timeline("Sam")) == ["Sam walked"]
