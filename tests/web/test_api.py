"""The API: described, without keys, and it takes an answer."""

from __future__ import annotations

import json

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings

from tests.web.conftest import Browser
from tests.web.material import QUESTIONS


@pytest.fixture
def token(visitor: Browser) -> str:
    response = visitor.client.post("/api/v1/courses/docker/learners", json={"name": "Ada"})
    assert response.status_code == 201
    return str(response.json["token"])


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_courses_and_questions_come_without_keys(visitor: Browser) -> None:
    assert visitor.get("/api/v1/courses").json == [{"slug": "docker", "title": "Docker in small steps", "language": "en"}]
    response = visitor.get("/api/v1/courses/docker/questions")
    assert response.json["total"] == len(QUESTIONS)
    told = json.dumps(response.json)
    assert "Explanation of number" not in told
    assert "SIGTERM" not in told
    assert "docker run -d --name web" not in told
    assert not {"answer", "answers", "reference", "evidence", "source"} & set(response.json["questions"][0])


def test_an_answer_is_handed_in_and_judged(visitor: Browser, token: str) -> None:
    started = visitor.client.post("/api/v1/courses/docker/attempts", json={"kind": "true_false"}, headers=bearer(token))
    assert started.status_code == 201
    address = f"/api/v1/attempts/{started.json['attempt']}/answers/1"
    assert visitor.client.get(address, headers=bearer(token)).status_code == 404
    given = visitor.client.post(address, json={"response": True}, headers=bearer(token))
    assert (given.status_code, given.json["outcome"], given.json["score"]) == (200, "right", 1.0)
    assert visitor.client.get(address, headers=bearer(token)).json == given.json
    assert visitor.get("/api/v1/courses/docker/scoreboard").json[0]["name"] == "Ada"


def test_a_practical_answer_waits(visitor: Browser, token: str) -> None:
    started = visitor.client.post("/api/v1/courses/docker/attempts", json={"kind": "practical"}, headers=bearer(token))
    address = f"/api/v1/attempts/{started.json['attempt']}/answers/1"
    assert visitor.client.post(address, json={"response": "docker ps"}, headers=bearer(token)).json["state"] == "waiting"


def test_a_fourth_check_is_told_to_wait_and_a_repeated_one_is_not_a_new_one(visitor: Browser, token: str) -> None:
    started = visitor.client.post("/api/v1/courses/docker/attempts", json={"kind": "practical"}, headers=bearer(token))
    address = f"/api/v1/attempts/{started.json['attempt']}/answers/1"
    commands = ("docker ps", "docker ps -a", "docker info", "docker info", "docker version")
    told = [visitor.client.post(address, json={"response": one}, headers=bearer(token)) for one in commands]
    assert [each.status_code for each in told] == [200, 200, 200, 200, 409]
    assert "still waiting" in told[-1].json["message"]


@pytest.mark.parametrize(("response", "status"), [
    ("text", 422), (["a"], 422), ({"a": "b"}, 422), (None, 422), (3, 422), (True, 200),
])
def test_a_response_of_another_form_is_refused(visitor: Browser, token: str, response: object, status: int) -> None:
    visitor.client.post("/api/v1/courses/docker/attempts", json={"kind": "true_false"}, headers=bearer(token))
    given = visitor.client.post("/api/v1/attempts/1/answers/1", json={"response": response}, headers=bearer(token))
    assert given.status_code == status


def test_cookies_count_for_nothing_and_strangers_get_nothing(app: Flask, ada: Browser, token: str) -> None:
    ada.start(kind="true_false", n="5")
    for headers in ({}, bearer("nonsense"), bearer(token), {"Authorization": "Basic x"}):
        response = ada.client.post("/api/v1/attempts/1/answers/1", json={"response": True}, headers=headers)
        assert response.status_code == 401
        assert "message" in response.json


def test_an_answer_that_is_too_long_is_refused(visitor: Browser, token: str) -> None:
    visitor.client.post("/api/v1/courses/docker/attempts", json={"kind": "practical"}, headers=bearer(token))
    given = visitor.client.post("/api/v1/attempts/1/answers/1", json={"response": "x" * 100_000}, headers=bearer(token))
    assert given.status_code == 422
    assert "100" in given.json["message"]


def test_errors_are_json_with_a_sentence(visitor: Browser) -> None:
    for path in ("/api/v1/nothing", "/api/v1/courses/nothing/questions"):
        response = visitor.get(path)
        assert response.status_code == 404
        assert response.json["message"]


def test_it_does_what_its_description_says(app: Flask, token: str) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    for found in schema.get_all_operations():
        holds(found.ok(), token)


def holds(operation: schemathesis.schemas.APIOperation, token: str) -> None:
    """Call one operation with what Schemathesis makes up, and have it check the answers."""
    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy())
    def call(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=bearer(token))

    call()
