"""The language of a text is the one that py3langid names."""

import py3langid
import pytest

from helpers.ingestion.language import TELLABLE, TELLING, language

TEXTS = (
    "The harbour council approved the new breakwater on Thursday after two years of debate.",
    "Der Rat hat am Donnerstag nach langer Debatte den Bau eines neuen Wellenbrechers beschlossen.",
    "Le conseil a approuvé jeudi la construction d’une nouvelle digue après deux ans de débats.",
    "Рада порту в четвер схвалила будівництво нового хвилерізу після двох років обговорень.",
    "Совет порта в четверг одобрил строительство нового волнореза после двух лет обсуждений.",
    "港湾評議会は木曜日、二年間の議論の末に新しい防波堤の建設を承認した。漁師たちは昨冬の嵐以来それを求めていた。工事は春に始まる。",
    "THE HARBOUR COUNCIL APPROVED THE NEW BREAKWATER ON THURSDAY AFTER TWO YEARS OF DEBATE.",
    "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22",
    "Cafe\u0301 " * 20,
)  # fmt: skip


@pytest.mark.parametrize("text", [*TEXTS, " ".join(TEXTS), " ".join(reversed(TEXTS))])
def test_a_language_is_what_py3langid_says(text):
    assert language(text) == py3langid.classify(text[:TELLING])[0]


def test_of_a_short_text_no_language_is_told():
    assert language(TEXTS[0][: TELLABLE - 1]) is None
