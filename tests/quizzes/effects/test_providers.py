"""Every provider of effects in the registry says its differences in both languages and brings what it asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizzes.effects import ASPECTS
from quizzes.effects.provider import Provider
from quizzes.effects.providers import PROVIDERS
from quizzes.effects.spots import Spot
from quizzes.effects.wording import Gap, wording

SURVEYS = Path(__file__).resolve().parents[3] / "proofs" / "surveys"


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
class TestEveryProvider:
    def test_its_aspects_are_its_own(self, provider: Provider) -> None:
        others = [aspect.name for other in PROVIDERS if other is not provider for aspect in other.aspects]
        assert not {aspect.name for aspect in provider.aspects} & set(others)
        assert all(aspect.name in ASPECTS for aspect in provider.aspects)

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_every_difference_is_a_sentence_of_the_language(self, provider: Provider, language: str) -> None:
        for aspect in provider.aspects:
            for expected, found in (("1", ""), ("1", "2"), ("", "2")):
                gap = Gap(Spot(aspect.name, "x", "y"), expected, found, hint="less\x1fa\x1fb")
                sentence = wording(language).difference(gap).sentence
                assert sentence.endswith("。" if language == "zh" else "."), aspect.name

    def test_its_survey_is_there(self, provider: Provider) -> None:
        assert not provider.survey or (SURVEYS / f"{provider.survey}.py").is_file()
