"""The main job again, by programs with tokens: the same actions, permissions and refusals as the pages."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest

from practice.machine.waiting import wait_until
from tests.story.product import Product, earlier_today, is_around_midnight
from tests.story.program import Program, program_of

pytestmark = pytest.mark.skipif(is_around_midnight(), reason="the day is about to change, or has just begun")

DATA = Path(__file__).resolve().parents[1] / "data"
NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def clinician(product: Product) -> Program:
    scopes = (
        "me",
        "clients",
        "screenings",
        "safety",
        "routes",
        "sessions",
        "notes",
        "runs",
        "summaries",
        "jobs",
    )
    return program_of(product, "clinician@demo.example", *scopes, "sign", "export")


@pytest.fixture(scope="module")
def client(product: Product) -> Program:
    scopes = ("me", "screenings", "runs", "safety", "resources")
    return program_of(product, "ida@clients.demo.example", *scopes)


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What earlier steps of the story have made."""
    return {}


def test_who_is_asking(clinician: Program):
    answer = clinician.get("me/")

    assert answer.body["roles"] == ["clinician"]


def test_a_new_client_is_registered(clinician: Program, told: dict[str, Any]):
    answer = clinician.post("clients/", name="Wren Holloway", email="wren@clients.demo.example")

    assert answer.status == 201
    told["new"] = answer.body["id"]


def test_she_is_found_by_name(clinician: Program, told: dict[str, Any]):
    answer = clinician.get("clients/?q=Holloway")

    assert [row["id"] for row in answer.body["results"]] == [told["new"]]


def test_questions_are_asked(clinician: Program, told: dict[str, Any]):
    told["client"] = clinician.get("clients/?q=Winterbourne").body["results"][0]["id"]

    answer = clinician.post("screenings/", client=told["client"], purpose="review")

    assert answer.status == 201
    told["screening"] = answer.body


def test_the_client_sees_them_as_tasks_with_the_words_of_each_question(client: Program, told: dict[str, Any]):
    form = client.get(f"screenings/{told['screening']['id']}/tasks/").body

    task = client.get(f"screenings/{told['screening']['id']}/tasks/{form['next']['task']}/").body

    assert (form["stage"], form["answered"]) == ("start", 0)
    assert task["questions"][0]["text"]
    assert task["questions"][0]["attribution"]


def test_the_client_knows_whom_to_call(client: Program):
    answer = client.get("resources/?need=crisis&country=GB")

    assert any(row["phone"] for row in answer.body["results"])


def test_the_client_answers_and_hands_in(client: Program, told: dict[str, Any]):
    screening = told["screening"]
    for response in screening["responses"]:
        if response["asked_by_clinician"]:
            continue
        for item in response["items"]:
            value = "" if item["kind"] == "words" else 0
            path = f"screenings/{screening['id']}/answers/"
            kept = client.post(path, instrument=response["instrument"], item=item["key"], value=value)
            assert kept.status == 200, kept.body

    answer = client.post(f"screenings/{screening['id']}/submit/")

    assert answer.status == 200, answer.body
    assert answer.body["hits"] == []


def test_walking_is_not_booked_before_the_decision(clinician: Program, told: dict[str, Any]):
    answer = clinician.post("sessions/", client=told["client"], mode="walk", pace="chat", **_slot())

    assert answer.status == 409
    assert answer.kind == "application/problem+json"


def _slot() -> dict[str, Any]:
    """Some early hour of today that nobody else of the practice has."""
    return {"starts_at": earlier_today("06:00", "03:00", "00:30", "00:00").isoformat(), "minutes": 20}


def test_an_eating_disorder_keeps_a_client_out_of_moving_sessions(clinician: Program, told: dict[str, Any]):
    answer = clinician.post(
        "clearances/",
        client=told["client"],
        mode="walk",
        decision="cleared",
        rationale="Talked about it.",
        exclusions=["eating"],
        talked=True,
    )

    assert answer.status == 409


@pytest.mark.parametrize("mode", ["run", "walk"])
def test_the_clinician_decides(clinician: Program, told: dict[str, Any], mode: str):
    answer = clinician.post(
        "clearances/",
        client=told["client"],
        mode=mode,
        decision="cleared",
        rationale="Asked again: a wrong tap the first time. Letter from the doctor agrees.",
        screening=told["screening"]["id"],
        exclusions=[],
        talked=True,
    )

    assert answer.status == 201, answer.body


def test_a_route_is_uploaded(clinician: Program, told: dict[str, Any]):
    content = (DATA / "korita-zbevnica.gpx").read_bytes()

    answer = clinician.upload("routes/", "korita.gpx", content, name="Hill and back")

    assert answer.status == 201, answer.body
    told["route"] = answer.body["id"]


def test_a_walk_is_booked_and_took_place(clinician: Program, told: dict[str, Any]):
    booked = clinician.post(
        "sessions/", client=told["client"], mode="walk", pace="chat", route=told["route"], **_slot()
    )
    assert booked.status == 201, booked.body

    answer = clinician.post(f"sessions/{booked.body['id']}/complete/")

    assert answer.body["state"] == "completed"
    told["session"] = booked.body["id"]


def test_the_same_hour_is_not_given_twice(clinician: Program, told: dict[str, Any]):
    answer = clinician.post("sessions/", client=told["client"], mode="sit", place="office", **_slot())

    assert answer.status == 409


def test_a_note_is_written_and_signed(clinician: Program, told: dict[str, Any]):
    body = {"data": "Came on time.", "plan": "Same time next week."}
    draft = clinician.post(f"sessions/{told['session']}/notes/", format="dap", body=body)
    assert draft.status in {200, 201}, draft.body

    answer = clinician.post(f"notes/{draft.body['id']}/sign/")

    assert answer.body["signed_at"]
    told["note"] = draft.body["id"]


def test_a_signed_note_takes_no_other_words(clinician: Program, told: dict[str, Any]):
    answer = clinician.post(
        f"sessions/{told['session']}/notes/", format="dap", body={"data": "Other words."}, version=1
    )

    assert answer.status == 409


@pytest.mark.parametrize("hours_ago", [30, 5])
def test_the_client_logs_two_runs(client: Program, told: dict[str, Any], hours_ago: int):
    entry = _entry(hours_ago)

    first, again = client.post("runs/", **entry), client.post("runs/", **entry)

    assert (first.status, again.status) == (201, 200)
    assert first.body == again.body


def _entry(hours_ago: int) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "activity": "run",
        "started_at": (NOW - timedelta(hours=hours_ago)).isoformat(),
        "minutes": 20,
        "mood_before": 2,
        "mood_after": 4,
        "effort": "chat",
        "journal": "Along the water.",
    }


def test_the_therapist_reads_what_is_shared(clinician: Program, told: dict[str, Any]):
    answer = clinician.get(f"runs/?client={told['client']}")

    assert [row["journal"] for row in answer.body["results"][:2]] == ["Along the water."] * 2


def test_the_client_sees_no_screening_score(client: Program, told: dict[str, Any]):
    answer = client.get(f"screenings/{told['screening']['id']}/")

    assert {response["result"] for response in answer.body["responses"]} == {None}


def test_a_safety_plan_is_written_and_read_by_whom_it_is_for(
    clinician: Program, client: Program, told: dict[str, Any]
):
    path, day = f"clients/{told['client']}/safety-plan/", str((NOW + timedelta(days=60)).date())
    before = clinician.get(path).body["versions"]
    version = before[0]["version"] if before else 0
    written = clinician.post(
        path, signs="Curtains closed.", look_again_on=day, is_agreed=True, version=version
    )
    assert written.status == 201, written.body

    answer = client.get(path)

    assert answer.body["plan"]["signs"] == "Curtains closed."


def test_a_client_reads_no_note(client: Program, told: dict[str, Any]):
    answer = client.get(f"notes/{told['note']}/")

    assert answer.status == 403


def test_a_summary_is_asked_for_made_and_read(clinician: Program, told: dict[str, Any]):
    since, until = (NOW - timedelta(days=90)).date(), NOW.date()
    asked = clinician.post(
        "summaries/", client=told["client"], since=str(since), until=str(until), audience="supervision"
    )
    assert asked.status == 202, asked.body
    job = asked.body["job"]["id"]

    wait_until(lambda: clinician.get(f"jobs/{job}/").body["state"] in {"done", "failed"}, within_s=60)
    paper = clinician.get(f"summaries/{asked.body['id']}/pdf/")

    assert paper.kind == "application/pdf"
    assert 1 <= len(pypdfium2.PdfDocument(BytesIO(paper.body))) <= 4


def test_the_same_paper_comes_from_the_command_line(product: Product, tmp_path: Path):
    out = tmp_path / "summary.pdf"
    since, until = str((NOW - timedelta(days=90)).date()), str(NOW.date())
    words = ("--since", since, "--until", until, "--audience", "supervision", "--out", str(out))

    product.manage("summary", "TP-0001", *words)

    assert 1 <= len(pypdfium2.PdfDocument(out.read_bytes())) <= 4
