"""The answers to what follows from a command hold: each proof is run on a real engine, and a false one fails there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from proofs.checks import Checker
from proofs.evidence import Proof, prove_claim
from quizzes.consequences import proofs
from sandboxes.base import Sandboxes

TODAY = date(2026, 1, 2)


@pytest.mark.engine
@pytest.mark.timeout(1200)
def test_every_proof_holds_on_the_engine(sandboxes: Sandboxes):
    checker = Checker(sandboxes)
    with ThreadPoolExecutor(2) as pool:
        shown: list[Proof] = list(pool.map(lambda proof: prove_claim(checker, proof, TODAY), proofs().values()))
    assert {name: proof.doubt for name, proof in zip(proofs(), shown, strict=True) if proof.doubt} == {}
    assert all(proof.evidence and proof.evidence.engine for proof in shown)


@pytest.mark.engine
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("claim", "fails"), [
    ("docker create --name web nginx\ndocker ps --format '{{.Names}}' | grep -x web\ndocker rm web", "grep -x web"),
    ("docker create --name web nginx\n! docker ps -a --format '{{.Names}}' | grep -x web", "! docker ps -a"),
    ("docker run --rm busybox true\nexit 3", "exit 3"),
])
def test_a_false_claim_is_doubted_at_the_command_that_fails(sandboxes: Sandboxes, claim: str, fails: str):
    proof = prove_claim(Checker(sandboxes), claim, TODAY)
    assert proof.evidence is None
    assert fails in proof.doubt
