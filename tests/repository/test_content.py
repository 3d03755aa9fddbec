"""The open content keeps its promises: complete, connected, safe, and easy to read."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import frontmatter
import pytest
import yaml
from django.utils.html import strip_tags

from handrail.capabilities.essentials.rules import dictionary_of, essentials_touched
from handrail.capabilities.starting_point.walkthroughs.rules import things_to_do
from handrail.formats.essentials import Pack, read_essentials
from handrail.formats.steps import read_steps
from handrail.formats.walkthroughs import NETWORKS as NETWORKS_ASKED
from handrail.formats.walkthroughs import read_walkthroughs
from tests.repository.reading_age import grade, syllables

CONTENT = Path(__file__).resolve().parents[2] / "content"
GUIDES = CONTENT.parent / "docs" / "guides"
FOR_LEADERS = ("leader.md", "private-space.md")
APPROACHES = ("start_from_your_role", "work_out_loud", "take_control")
MINUTES = (3, 5, 10)
PLACES = ("phone_between_meetings", "at_desk", "at_home", "travelling", "with_mentor")
NEEDS = ("team", "audience", "listening", "answering", "writing", "asking", "data", "safety", "settings", "time")
NEEDS += ("confidence", "passing_on", "role_goal")
WORRIES = {"security", "reputation", "abuse", "family", "looking_foolish", "time"}
STEP_KEYS = ["id", "title", "approaches", "needs", "minutes", "places", "after", "passes_on"]
STEP_SECTIONS = ["Why it serves your role", "How", "How you know it worked"]
WITH_WORDS_TO_COPY = [*STEP_SECTIONS[:2], "Words to copy", STEP_SECTIONS[2]]
FIRST = {"ask-the-team", "find-where-one-audience-talks", "begin-from-what-works", "ask-a-question-and-wait"}
FIRST |= {"one-setting-on-one-account", "pass-on-one-thing"}
NEVER_ON_A_SCREEN = ("nods along", "broadcasts", "brave face")
SHAMING = ("simply", "obviously", "of course", "everyone knows", "even you", "should have", "should know", "too old")
JARGON = (
    "stakeholder",
    "leverage",
    "synergy",
    "engagement",
    "empower",
    "seamless",
    "impactful",
    "ecosystem",
    "holistic",
)
JARGON += (
    "paradigm",
    "agile",
    "sprint",
    "backlog",
    "authenticate",
    "multi-factor",
    "2fa",
    "mfa",
    "algorithm",
    "metadata",
)
JARGON += ("endpoint", "phishing")
PROMISES = ("guarantee", "100%", "always works", "never fails", "handrail will", "handrail can")
NETWORKS = ("linkedin", "facebook", "instagram", "bluesky", "mastodon", "tiktok")
ACCOUNT_LINE = "This step needs an account on a public network."
MOST_WORDS = {3: 95, 5: 120, 10: 150}  # in "How": reading it must leave time to do it
HARDEST_GRADE = 7.0


@dataclass(frozen=True)
class Piece:
    name: str
    about: dict[str, Any]
    text: str

    @property
    def everything(self) -> str:
        return f"{self.about['title']}.\n\n{self.text}"


@cache
def pieces(folder: str) -> tuple[Piece, ...]:
    found = [(path, frontmatter.load(str(path))) for path in sorted((CONTENT / folder).glob("*.md"))]
    return tuple(Piece(path.stem, post.metadata, post.content) for path, post in found)


@cache
def themes() -> tuple[dict[str, Any], ...]:
    return tuple(pack()["themes"])


@cache
def pack() -> dict[str, Any]:
    return yaml.safe_load((CONTENT / "essentials.yaml").read_text())  # type: ignore[no-any-return]


def essentials() -> Iterator[dict[str, Any]]:
    return (essential for theme in themes() for essential in theme["essentials"])


def sections(text: str) -> dict[str, str]:
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return {name.strip(): body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def has_phrase(phrase: str, text: str) -> bool:
    """Whole words only, in either case: "AI" is not in "retail"."""
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE) is not None


def too_hard(texts: Iterable[tuple[str, str]]) -> list[str]:
    graded = ((name, grade(text)) for name, text in texts)
    return [f"{name}: grade {found:.1f}" for name, found in graded if found > HARDEST_GRADE]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("the", 1), ("name", 1), ("asked", 1), ("waited", 2), ("table", 2), ("people", 2), ("idea", 3), ("video", 3)),
        *(("organisation", 5), ("Bluesky", 2), ("account", 2), ("services", 3), ("settings", 2), ("phone’s", 1)),
    ],
)
def test_syllables_are_counted(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_is_the_published_formula() -> None:
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert grade("- One dog.\n- Two dogs.") == pytest.approx(0.39 * 2 + 11.8 - 15.59)


def test_hard_text_is_found() -> None:
    hard = "Organisational digital transformation necessitates comprehensive stakeholder engagement methodologies."
    assert too_hard([("hard", hard), ("easy", "Ask one person. Wait for what they say.")]) == [
        f"hard: grade {grade(hard):.1f}"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["steps", "walkthroughs"])
def test_pieces_are_easy_to_read(folder: str) -> None:
    assert too_hard((piece.name, piece.everything) for piece in pieces(folder)) == []


@pytest.mark.parametrize(
    "path",
    [*sorted((CONTENT / "guides").glob("*.md")), *(GUIDES / name for name in FOR_LEADERS)],
    ids=lambda one: one.stem,
)
def test_guides_for_leaders_are_easy_to_read(path: Path) -> None:
    assert too_hard([(path.name, frontmatter.loads(path.read_text()).content)]) == []


@pytest.mark.parametrize("folder", ["steps", "walkthroughs"])
@pytest.mark.parametrize("words", [NEVER_ON_A_SCREEN, SHAMING, JARGON, PROMISES])
def test_words_that_never_appear(folder: str, words: tuple[str, ...]) -> None:
    read = {piece.name: re.sub(r"\S+@\S+", "", piece.everything) for piece in pieces(folder)}
    assert [(name, word) for name, word in product(read, words) if has_phrase(word, read[name])] == []


@pytest.mark.parametrize("folder", ["steps", "walkthroughs"])
def test_ids_are_file_names_and_titles_differ(folder: str) -> None:
    assert [p.name for p in pieces(folder) if p.about["id"] != p.name] == []
    assert [title for title, count in Counter(p.about["title"] for p in pieces(folder)).items() if count > 1] == []


def test_steps_have_their_form() -> None:
    for step in pieces("steps"):
        keys = [key for key in step.about if key not in ("private", "opens")]
        assert keys == STEP_KEYS, step.name
        assert step.about.get("private", True) is True, step.name
        assert list(sections(step.text)) in (STEP_SECTIONS, WITH_WORDS_TO_COPY), step.name
        assert all(sections(step.text).values()), step.name


@pytest.mark.slow
def test_the_program_reads_every_step() -> None:
    assert {step.id for step in read_steps(CONTENT / "steps")} == {step.name for step in pieces("steps")}


def test_what_a_step_opens_is_there_and_each_walkthrough_is_reached_from_one() -> None:
    opened = {step.name: step.about["opens"] for step in pieces("steps") if "opens" in step.about}
    there = {f"{one.id}#{item.id}" for one in read_walkthroughs(CONTENT / "walkthroughs") for item in one.items}
    assert set(opened.values()) - there == {"decision", "worries"}, "a step opens the one part that it needs"
    reached = {one.partition("#")[0] for one in there & set(opened.values())}
    assert {piece.name for piece in pieces("walkthroughs")} == reached


def test_a_step_on_ones_own_settings_opens_the_part_that_goes_through_it() -> None:
    own = [step for step in pieces("steps") if "settings" in step.about["needs"] and not step.about["passes_on"]]
    assert len(own) > 15
    assert [step.name for step in own if "#" not in step.about.get("opens", "")] == []


def test_steps_use_known_words() -> None:
    for step in pieces("steps"):
        about = step.about
        assert about["minutes"] in MINUTES, step.name
        assert isinstance(about["passes_on"], bool), step.name
        for key, known in (("approaches", APPROACHES), ("needs", NEEDS), ("places", PLACES)):
            assert about[key], f"{step.name}: {key}"
            assert set(about[key]) <= set(known), f"{step.name}: {key}"
            assert len(about[key]) == len(set(about[key])), f"{step.name}: {key}"


def test_there_are_enough_steps() -> None:
    steps = pieces("steps")
    assert len(steps) >= 95
    assert {step.name for step in steps} >= FIRST
    assert sum(step.about["passes_on"] for step in steps) >= 12
    for approach in APPROACHES:
        assert sum(approach in step.about["approaches"] for step in steps) >= len(steps) * 0.3, approach


def test_every_time_and_place_has_a_choice() -> None:
    there = Counter(
        (approach, step.about["minutes"], place)
        for step in pieces("steps")
        for approach, place in product(step.about["approaches"], step.about["places"])
    )
    assert [(cell, there[cell]) for cell in product(APPROACHES, MINUTES, PLACES) if there[cell] < 5] == []


def test_every_need_has_a_choice() -> None:
    there = Counter(need for step in pieces("steps") for need in step.about["needs"])
    assert [(need, there[need]) for need in NEEDS if there[need] < 6] == []


def test_passing_on_is_said_twice_alike() -> None:
    assert [s.name for s in pieces("steps") if s.about["passes_on"] != ("passing_on" in s.about["needs"])] == []


def test_what_comes_before_exists_and_never_circles() -> None:
    before = {step.name: step.about["after"] for step in pieces("steps")}
    assert {earlier for ids in before.values() for earlier in ids} <= set(before)

    def chain(name: str, seen: tuple[str, ...]) -> None:
        assert name not in seen, " > ".join((*seen, name))
        for earlier in before[name]:
            chain(earlier, (*seen, name))

    for name in before:
        chain(name, ())


def test_what_an_approach_starts_with_needs_nothing_before() -> None:
    assert [step.name for step in pieces("steps") if step.name in FIRST and step.about["after"]] == []


def test_how_fits_its_minutes() -> None:
    sizes = {step.name: (step.about["minutes"], len(sections(step.text)["How"].split())) for step in pieces("steps")}
    assert {name: size for name, size in sizes.items() if size[1] > MOST_WORDS[size[0]]} == {}


def test_how_is_a_list_to_follow() -> None:
    assert [s.name for s in pieces("steps") if len(re.findall(r"^\d+\. ", sections(s.text)["How"], re.M)) < 3] == []


def test_titles_say_the_action() -> None:
    for step in pieces("steps"):
        title = step.about["title"]
        assert len(title) <= 60, title
        assert not title.endswith((".", "?", "!")), title
        assert title.split()[0].lower() not in {"the", "a", "an", "how", "why", "your", "about", "my"}, title


def test_asking_the_team_comes_with_three_questions_to_copy_and_says_how_many_to_ask() -> None:
    step = next(step for step in pieces("steps") if step.name == "ask-the-team")
    copied = sections(step.text)["Words to copy"]
    assert sum(line.startswith("- ") and line.endswith("?") for line in copied.splitlines()) == 3
    assert "one or two people" in sections(step.text)["How"]


def test_words_to_copy_are_short_and_carry_no_marks() -> None:
    for step in pieces("steps"):
        copied = sections(step.text).get("Words to copy", "")
        assert len(copied.split()) <= 80, step.name
        assert re.findall(r"[*_#“”]|\]\(", copied) == [], step.name


def test_what_is_passed_on_names_no_board() -> None:
    """Many who lead have none, or sit on several."""
    ends = [step for step in pieces("steps") if step.about["passes_on"]]
    assert [step.name for step in ends if has_phrase("board", step.everything)] == []


def test_what_is_done_alone_asks_and_tells_nobody_first() -> None:
    alone = [step for step in pieces("steps") if step.about.get("private")]
    assert len(alone) >= 30
    telling = r"^1\. (?:Ask|Tell|Send|Show|Say it to)\b"
    assert [step.name for step in alone if re.search(telling, sections(step.text)["How"], re.M)] == []
    assert [step.name for step in alone if step.about["passes_on"]] == []


def test_few_steps_need_a_public_network_and_those_say_so_and_are_safe() -> None:
    steps = pieces("steps")
    assert sum(ACCOUNT_LINE in step.text for step in steps) <= len(steps) * 0.05
    for step in steps:
        if any(has_phrase(network, step.everything) for network in NETWORKS):
            assert ACCOUNT_LINE in step.text, step.name
        if ACCOUNT_LINE in step.text:
            assert has_phrase("election", step.text), step.name
            assert re.search(r"discuss a person|block a resident", step.text), step.name


WALKTHROUGHS = {"passkeys-and-two-step", "recovery-details", "who-sees-what", "work-and-private-apart"}
WALKTHROUGHS |= {"when-you-made-a-mistake", "when-you-are-abused-online", "when-an-account-is-taken"}
WALKTHROUGHS |= {
    "false-stories-and-faked-voices",
    "family-and-children",
    "ten-minutes-and-no-more",
    "asking-in-private",
}
LAST = "If you get stuck"
WALKTHROUGH_KEYS = ["id", "title", "worries", "checked_on", "licence", "pass_on", "sources"]


def test_walkthroughs_have_their_form() -> None:
    assert {piece.name for piece in pieces("walkthroughs")} >= WALKTHROUGHS
    for piece in pieces("walkthroughs"):
        about, items = piece.about, sections(piece.text)
        assert [key for key in about if key != "in_order"] == WALKTHROUGH_KEYS, piece.name
        assert about["licence"] == "CC-BY-4.0", piece.name
        assert set(about["worries"]) <= WORRIES, piece.name
        assert isinstance(about["checked_on"], date), piece.name
        assert about["checked_on"] >= date(2026, 11, 22), piece.name
        assert not piece.text.startswith("#"), f"{piece.name}: begins with a paragraph"
        assert list(items)[-1] == LAST, piece.name
        assert len(items) >= 5, piece.name
        assert piece.text.count("\n## ") == len(items), f"{piece.name}: headings differ"


HEADING = re.compile(r"^#{2,3} (.+?)(?: \{.*\})?$", re.MULTILINE)
TELLS_ON_SOMEBODY = ("mistake", "wrong", "regret", "sorry", "threat", "abuse", "abused", "hacked", "stolen")
TELLS_ON_SOMEBODY += ("taken over", "put off", "everywhere", "afraid", "worry", "worried", "fear", "shame", "forgotten")
TELLS_ON_SOMEBODY += ("victim", "harmed", "goes wrong", "behind them", "unkind", "foolish", "drains", "i only")


def headings(piece: Piece) -> list[str]:
    found: list[str] = [piece.about["title"], *HEADING.findall(piece.text)]
    return [one for one in found if one != LAST]


def test_a_heading_of_a_walkthrough_says_what_one_does_and_tells_nothing_to_a_neighbour() -> None:
    """It stands in the largest letters of a screen: what somebody failed at, fears or has met is no heading."""
    read = [(piece.name, one) for piece in pieces("walkthroughs") for one in headings(piece)]
    assert len(read) > 150
    assert [one for one in read if any(has_phrase(phrase, one[1]) for phrase in TELLS_ON_SOMEBODY)] == []
    assert [one for one in read if re.match(r"(?:If|When|Has|Have you|Did)\b", one[1])] == [], "an act, not an event"
    titles = [(piece.name, piece.about["title"]) for piece in pieces("steps")]
    assert [one for one in titles if any(has_phrase(phrase, one[1]) for phrase in ("put off", "drains"))] == []


@pytest.mark.slow
def test_the_program_reads_every_walkthrough() -> None:
    found = read_walkthroughs(CONTENT / "walkthroughs")
    assert {one.id for one in found} == {piece.name for piece in pieces("walkthroughs")}
    assert len(found) >= 10
    assert {network for one in found for item in one.items for network in item.networks} == set(NETWORKS_ASKED)


def test_what_is_passed_on_is_a_sentence_or_two_and_easy_to_read() -> None:
    for piece in pieces("walkthroughs"):
        for whom, said in piece.about["pass_on"].items():
            assert 5 <= len(said.split()) <= 35, f"{piece.name}: {whom}"
            assert grade(said) <= HARDEST_GRADE, f"{piece.name}: {whom}"


def test_each_worry_has_a_walkthrough() -> None:
    assert {worry for piece in pieces("walkthroughs") for worry in piece.about["worries"]} == WORRIES


def test_each_item_is_a_few_things_to_do_whichever_case_is_chosen() -> None:
    for walkthrough in read_walkthroughs(CONTENT / "walkthroughs"):
        for item in walkthrough.items:
            where = f"{walkthrough.id}#{item.id}"
            assert 2 <= item.minutes <= 5, where
            for case in [one.id for one in item.folds] or [""]:
                assert 2 <= len(things_to_do(item, case)) <= 7, f"{where}: {case}"
            assert len(item.folds) != 1, f"{where}: one case is none"


LONGEST_SCREEN = 45  # words: little text, in large letters


def test_a_screen_holds_little_text() -> None:
    assert [
        (item.id, text)
        for walkthrough in read_walkthroughs(CONTENT / "walkthroughs")
        for item in walkthrough.items
        for case in [one.id for one in item.folds] or [""]
        for action in things_to_do(item, case)
        if len((text := strip_tags(action.html + " " + action.sees)).split()) > LONGEST_SCREEN
    ] == []


def test_what_several_walkthroughs_share_is_written_once() -> None:
    found = read_walkthroughs(CONTENT / "walkthroughs")
    homes = {(item.home, item.id) for one in found for item in one.items}
    titles = Counter(item.title for one in found for item in one.items if item.home == one.id)
    assert [title for title, count in titles.items() if count > 1] == [], "the same part stands twice"
    shared = [item for one in found for item in one.items if item.home != one.id]
    assert len(shared) >= 5
    assert {(item.home, item.id) for item in shared} <= homes


def test_sources_are_addresses_of_their_publishers() -> None:
    for piece in pieces("walkthroughs"):
        assert piece.about["sources"], piece.name
        for source in piece.about["sources"]:
            assert set(source) == {"title", "address"}, piece.name
            assert re.fullmatch(r"https://[a-z0-9.-]+\.[a-z]+(?:/[\w./-]*)?", source["address"]), source["address"]


def test_how_each_walkthrough_was_checked_is_written_down() -> None:
    table = (CONTENT.parent / "docs" / "research" / "walkthroughs-sources.md").read_text()
    days = dict(re.findall(r"^\| ([a-z-]+) \| (\d{4}-\d\d-\d\d) \|$", table, re.M))
    assert days == {piece.name: str(piece.about["checked_on"]) for piece in pieces("walkthroughs")}


def test_walkthroughs_that_touch_a_device_name_the_common_ones() -> None:
    devices = ("passkeys-and-two-step", "who-sees-what", "ten-minutes-and-no-more", "family-and-children")
    for piece in (piece for piece in pieces("walkthroughs") if piece.name in devices):
        assert has_phrase("iPhone", piece.text), piece.name
        assert has_phrase("Android", piece.text), piece.name


PLAIN_PAPERS = (
    "The retail park and its car park will be resurfaced in May.",
    "We thank the caretaker for mending the gate and repainting the railings.",
    "A legacy left in a will pays for the new apiary beside the nature trail.",
    "Staff retention in the kitchens has improved since the pay award.",
    "Flood barriers will be raised again in detail at the Overview and Scrutiny Committee.",
    "Two premises licences were granted. A viral infection closed the nursery for a week.",
    "Migration of swifts was late. The school is hosting a concert.",
)
DIGITAL_PAPERS = {
    "We propose an AI tool to sort letters, bought through a framework agreement.": {"ai-2", "technology-3"},
    "The help desk closes and applications move online, with a self-service form.": {"inclusion-1"},
    "A ransomware attack stopped the booking system; backups were two weeks old.": {"security-2"},
    "The dashboard shows that KPIs improved by twelve per cent.": {"data-1", "data-2"},
}
GENERIC = {
    "people",
    "service",
    "services",
    "team",
    "plan",
    "system",
    "data",
    "digital",
    "report",
    "paper",
    "online",
    "it",
}


def touched(paper: str) -> set[str]:
    return {one.essential.id for one in essentials_touched(paper, dictionary_of(read()))}


@cache
def read() -> Pack:
    return read_essentials(CONTENT / "essentials.yaml")


def test_ten_themes_with_essentials_of_their_own() -> None:
    ids = [essential["id"] for essential in essentials()]
    assert len(themes()) == 10
    assert len(ids) == len(set(ids)) >= 40
    for theme in themes():
        assert theme["name"], theme["id"]
        assert theme["plain"], theme["id"]
        assert all(re.fullmatch(rf"{theme['id']}-\d", one["id"]) for one in theme["essentials"]), theme["id"]


def test_each_essential_has_three_questions_and_its_words() -> None:
    for one in essentials():
        assert one["text"], one["id"]
        assert 2 <= len(one["name"].split()) <= 8, one["id"]
        assert 8 <= len(one["why"].split()) <= 45, one["id"]
        assert one["first_step"], one["id"]
        assert len(set(one["questions"])) == 3, one["id"]
        assert all(question.endswith("?") for question in one["questions"]), one["id"]
        assert len(one["words"]) + len(one["beside"]) >= 10, one["id"]


def test_questions_are_not_repeated_and_a_word_stands_with_three_essentials_at_most() -> None:
    assert [x for x, n in Counter(x for one in essentials() for x in one["questions"]).items() if n > 1] == []
    listed = [(one["id"], word) for one in essentials() for word in [*one["words"], *one["beside"]]]
    assert [x for x, n in Counter(listed).items() if n > 1] == []
    assert [x for x, n in Counter(word for _id, word in listed).items() if n > 3] == []


def test_words_are_plain_phrases_and_not_too_common() -> None:
    for one in essentials():
        for word in one["words"]:
            assert re.fullmatch(r"[a-z0-9][a-z0-9 -]*[a-z0-9]", word), f"{one['id']}: {word}"
            assert word not in GENERIC, f"{one['id']}: {word}"


def test_words_match_as_whole_words() -> None:
    assert has_phrase("ai", "An AI, perhaps.")
    assert not has_phrase("ai", "retail detail, said the chair")
    assert not has_phrase("api", "a capital apiary")


@pytest.mark.parametrize("paper", PLAIN_PAPERS)
def test_a_plain_paper_touches_nothing(paper: str) -> None:
    assert touched(paper) == set()


@pytest.mark.parametrize("paper", DIGITAL_PAPERS)
def test_a_digital_paper_is_recognised(paper: str) -> None:
    assert touched(paper) >= DIGITAL_PAPERS[paper]


@pytest.mark.slow
def test_essentials_are_easy_to_read() -> None:
    assert (
        too_hard(
            (one["id"], "\n\n".join([one["text"], one["why"], one["first_step"], *one["questions"]]))
            for one in essentials()
        )
        == []
    )


@pytest.mark.slow
def test_the_program_reads_every_essential() -> None:
    assert [one.id for one in read().essentials] == [one["id"] for one in essentials()]
    assert all(theme.sources for theme in read().themes)


def test_where_nothing_is_found_a_few_taps_lead_to_three_questions_each() -> None:
    assert 3 <= len(read().openings) <= 4
    for opening in read().openings:
        assert 1 <= len(opening.essentials) <= 3, opening.id
        assert grade(f"{opening.name}. {opening.about}") <= HARDEST_GRADE, opening.id


def test_mappings_name_their_frameworks_and_how_sure_they_are() -> None:
    frameworks = pack()["frameworks"]
    known = {"id", "name", "text", "why", "first_step", "questions", "words", "beside"}
    assert {key for one in essentials() for key in one} - known == set(frameworks)
    assert all(framework["attribution"] and "licence_checked" in framework for framework in frameworks.values())
    assert "second mapper" in pack()["mapping_status"]
    assert pack()["licence"] == "CC-BY-4.0"
