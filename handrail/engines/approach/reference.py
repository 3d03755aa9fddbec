"""The slow, obvious twin: the method of docs/methods/approach.md word by word, over the same tables. Only for tests."""

from collections.abc import Iterable
from fractions import Fraction

from handrail.engines.approach import rules
from handrail.engines.approach.given import (
    APPROACHES,
    NEEDS,
    OBSERVED,
    PLACES,
    WORRIES,
    Answers,
    Observation,
    Progress,
    Step,
)
from handrail.engines.approach.suggestion import (
    KNOWLEDGE,
    Contradiction,
    OfferedStep,
    Reason,
    Revision,
    StepReason,
    Suggestion,
)


def suggest_slowly(
    answers: Answers, observations: Iterable[Observation], steps: Iterable[Step], progress: Progress
) -> Suggestion:
    """As `suggest`, by following the prose."""
    steps = list(steps)
    seen = sorted(observations, key=lambda one: (one.order, one.by, one.what))
    known = references(answers, seen)
    reasons = all_reasons(answers, seen, steps, progress)
    weights = whole_percent(reasons)
    lead = [one for one in APPROACHES if max(weights.values()) - weights[one] <= rules.MIXTURE_WITHIN]
    lead.sort(key=lambda one: (-weights[one], APPROACHES.index(one)))
    order = ranking(answers, known, weights, steps, progress)
    quietly = any(one in rules.KEEPS_TO_ONESELF for one in known)
    alone_so_far = any(one in rules.UNANSWERED for one in known)
    wanted = openers(lead, for_worries(order, known, steps, progress), alone_so_far)
    first = opening(order, steps, wanted, for_worries(order, known, steps, progress), quietly)
    rest = [offer for offer in order if offer.id not in [one.id for one in first]]
    last, rest = ending(rest, steps, [one.id for one in first], progress)
    further = taking_turns(rest, steps, first, weights)
    mentor_saw = any(one.by == "mentor" for one in seen)
    return Suggestion(
        weights=weights,
        leading=tuple(lead),
        reasons=tuple(reasons),
        knowledge=level(answers, seen),
        may_be_missed=() if "take_control" in lead or mentor_saw else ("take_control",),
        contradictions=tuple(disagreements(known)),
        works=tuple(one for one in rules.WORKS if one in known),
        first=tuple(first),
        further=tuple(further),
        last=last,
        history=tuple(revisions(answers, seen, steps, progress)),
    )


def references(answers: Answers, seen: list[Observation]) -> list[str]:
    known = [f"{question}.{option}" for question, options in answers.chosen for option in options]
    return known + [f"seen.{what}" for what in OBSERVED if any(one.what == what for one in seen)]


def disagreements(known: list[str]) -> list[Contradiction]:
    found = []
    for rule in rules.CONTRADICTIONS:
        pairs = [(one, other) for one in known for other in known if one in rule.one and other in rule.other]
        if pairs:
            sides = {side for pair in pairs for side in pair}
            found.append(Contradiction(rule.id, tuple(one for one in known if one in sides)))
    return found


def all_reasons(answers: Answers, seen: list[Observation], steps: list[Step], progress: Progress) -> list[Reason]:
    found: list[Reason] = []
    for question, options in answers.chosen:
        for option in options:
            for place, approach in enumerate(APPROACHES):
                counted = shared_out(question, options, place)[option]
                if counted:
                    found.append(Reason("answer", question, option, approach, counted))
    for number, one in enumerate(seen):
        already = [other for other in seen[:number] if other.what == one.what]
        if len(already) < rules.MOST_SIGHTINGS:
            for place, approach in enumerate(APPROACHES):
                points = rules.POINTS[f"seen.{one.what}"][place]
                if points:
                    found.append(Reason("observation", one.what, one.by, approach, points))
    for contradiction in disagreements(references(answers, seen)):
        rule = next(rule for rule in rules.CONTRADICTIONS if rule.id == contradiction.id)
        for place, approach in enumerate(APPROACHES):
            if rule.points[place]:
                found.append(Reason("contradiction", rule.id, "", approach, rule.points[place]))
    for approach in APPROACHES:
        earned = sum(one.points for one in found if one.approach == approach)
        taken = 0
        for step in sorted(steps, key=lambda step: step.id):
            wanted = step.id in progress.skipped and approach in step.approaches
            if wanted and taken < rules.MOST_SKIPPED and earned > 0:
                found.append(Reason("skipped_step", step.id, "", approach, -1))
                earned, taken = earned - 1, taken + 1
    most = max((one.points for one in found), default=0)
    return [one for points in range(most, -2, -1) for one in found if one.points == points]


def shared_out(question: str, options: tuple[str, ...], place: int) -> dict[str, int]:
    """One question's points for one approach: the strongest option first, until the question has given its most."""
    counted = dict.fromkeys(options, 0)
    left = rules.MOST_A_QUESTION
    waiting = list(options)
    while waiting:
        points = [rules.POINTS.get(f"{question}.{option}", (0, 0, 0))[place] for option in waiting]
        strongest = waiting.pop(points.index(max(points)))
        counted[strongest] = min(max(points), left)
        left -= counted[strongest]
    return counted


def whole_percent(reasons: list[Reason]) -> dict[str, int]:
    points = {
        one: rules.EVEN_START + sum(reason.points for reason in reasons if reason.approach == one) for one in APPROACHES
    }
    exact = {one: Fraction(100 * points[one], sum(points.values())) for one in APPROACHES}
    given = {one: int(exact[one]) for one in APPROACHES}
    short = {one: exact[one] - given[one] for one in APPROACHES}
    while sum(given.values()) < 100:
        neediest = max(APPROACHES, key=lambda one: short[one])
        given[neediest] += 1
        short[neediest] = Fraction(-1)
    return given


def level(answers: Answers, seen: list[Observation]) -> str:
    different = {one.what for one in seen}
    count = sum(1 for question, _ in answers.chosen if question not in rules.FITTING)
    count += rules.WORTH_OF_AN_OBSERVATION * len(different)
    enough_seen = len(different) >= rules.OBSERVATIONS_FOR_A_FAIR_AMOUNT and any(one.by == "mentor" for one in seen)
    number = 0 if count == 0 else 1 if count < rules.FROM_SOME else 2
    if number == 2 and count >= rules.FROM_A_FAIR_AMOUNT and enough_seen:
        number = 3
    if number > 1 and disagreements(references(answers, seen)):
        number -= 1
    return KNOWLEDGE[number]


def why_here(
    step: Step, answers: Answers, known: list[str], weights: dict[str, int], steps: list[Step], progress: Progress
) -> list[StepReason]:
    mine = [approach for approach in APPROACHES if approach in step.approaches]
    heaviest = next(approach for approach in mine if weights[approach] == max(weights[one] for one in mine))
    why = [StepReason("approach", heaviest, weights[heaviest])]
    for need in NEEDS:
        sources = [reference for reference in known if need in rules.NEEDED.get(reference, ())]
        if need in step.needs and sources and len(why) <= rules.MOST_NEEDS:
            why.append(StepReason("need", need, rules.FOR_A_NEED, sources[0]))
    answered = [worry for worry in worries(known) if step.id in rules.WORRY_STEPS[worry]]
    if answered:
        why.append(StepReason("worry", answered[0], rules.FOR_A_WORRY, telling(answered[0], known)[0]))
    done_before = sorted(id for id in step.after if id in progress.done)
    if done_before:
        why.append(StepReason("goes_on_from", done_before[0], rules.FOR_GOING_ON))
    chosen = answers.to("place")
    fitting = [place for place in PLACES if place in chosen and place in step.places]
    if fitting:
        why.append(StepReason("fits_place", fitting[0], rules.FOR_THE_PLACE))
    if chosen and step.places and not fitting:
        why.append(StepReason("other_place", "", rules.FOR_ANOTHER_PLACE))
    if any(step.minutes > rules.SHORT_MINUTES.get(time, 10) for time in answers.to("time")):
        why.append(StepReason("too_long", "", rules.FOR_TOO_LONG))
    alike = 0
    for other in sorted(steps, key=lambda other: other.id):
        shares = other.approaches & step.approaches and other.needs & step.needs
        if other.id in progress.skipped and shares and alike < rules.MOST_LIKE_SKIPPED:
            why.append(StepReason("like_a_skipped_one", other.id, rules.FOR_LIKE_A_SKIPPED_ONE))
            alike += 1
    return why


def ranking(
    answers: Answers, known: list[str], weights: dict[str, int], steps: list[Step], progress: Progress
) -> list[OfferedStep]:
    left = [step for step in steps if step.id not in progress.done and step.id not in progress.skipped]
    order: list[OfferedStep] = []
    while left:
        open_ids = [step.id for step in left]
        ready = [step for step in left if not any(earlier in open_ids for earlier in step.after)] or left
        best: tuple[tuple[int, int, str], Step, OfferedStep] | None = None
        for step in ready:
            why = why_here(step, answers, known, weights, steps, progress)
            offer = OfferedStep(step.id, sum(one.points for one in why), tuple(why))
            key = (-offer.points, step.minutes, step.id)
            if best is None or key < best[0]:
                best = (key, step, offer)
        assert best is not None
        left.remove(best[1])
        order.append(best[2])
    return order


def telling(worry: str, known: list[str]) -> list[str]:
    """What tells of a worry: among worries and what is hard; or, where neither says one, anything that shows it."""
    telling = [one for one in known if one in rules.WORRIED]
    said = [one for one in telling if one.split(".")[0] in ("worries", "hard_to_admit")]
    return [one for one in said or telling if rules.WORRIED[one] == worry]


def worries(known: list[str]) -> list[str]:
    """Those told: first the one of which most answers tell."""
    times = {worry: sum(rules.WORRIED.get(one) == worry for one in known) for worry in WORRIES}
    told = [worry for worry in WORRIES if telling(worry, known)]
    return [worry for number in range(len(known), 0, -1) for worry in told if times[worry] == number]


def for_worries(order: list[OfferedStep], known: list[str], steps: list[Step], progress: Progress) -> list[str]:
    """Steps for the worries told, in turn; of each worry those that fit time and place before the others."""
    open_ids = [offer.id for offer in order]
    misfits = [offer.id for offer in order for why in offer.why if why.kind in ("other_place", "too_long")]
    waiting = [step.id for step in steps if any(earlier in open_ids for earlier in step.after)]
    settled = [*progress.done, *progress.skipped]
    lines: list[tuple[int, int, list[str]]] = []
    for place, worry in enumerate(worries(known)):
        line = [id for id in rules.WORRY_STEPS[worry] if id in open_ids and id not in waiting]
        line = [id for id in line if id not in misfits] + [id for id in line if id in misfits]
        wished = [step for said, step in rules.SOONER.items() if said in known and step in line]
        line = wished + [id for id in line if id not in wished]
        lines.append((sum(id in settled for id in rules.WORRY_STEPS[worry]), place, line))
    taken: list[str] = []
    for turn in range(len(order)):
        for _behind, _place, line in sorted(lines):
            if turn < len(line) and line[turn] not in taken:
                taken.append(line[turn])
    return taken


def openers(lead: list[str], answering: list[str], unanswered: bool) -> list[tuple[str, str]]:
    """(approach, step id) to open with, as the page says it."""
    first, second = ({one: pair[place] for one, pair in rules.OPENINGS.items()} for place in (0, 1))
    if unanswered:
        first["work_out_loud"], second["work_out_loud"] = second["work_out_loud"], first["work_out_loud"]
    opening: dict[str, str] = {one: first[one] for one in lead}
    if answering and "take_control" in lead:
        opening["take_control"] = answering[0]
    wanted = list(opening.items())
    if answering and lead == ["take_control"]:
        wanted += [("", id) for id in answering[1:2]]
    wanted.append((lead[0], second[lead[0]]))
    if answering and "take_control" not in lead:
        wanted = [*wanted[: rules.FIRST - 1], ("", answering[0])]
    return wanted[: rules.FIRST]


def opening(
    order: list[OfferedStep], steps: list[Step], wanted: list[tuple[str, str]], answering: list[str], quietly: bool
) -> list[OfferedStep]:
    step_of = {step.id: step for step in steps}
    open_ids = [offer.id for offer in order]
    candidates = [(approach, offer) for approach, id in wanted for offer in order if offer.id == id]
    candidates += [("", offer) for offer in order if not step_of[offer.id].passes_on]
    candidates += [("", offer) for offer in order if step_of[offer.id].passes_on]
    chosen: list[OfferedStep] = []
    for approach, offer in candidates:
        placed = [one.id for one in chosen]
        waits = any(earlier in open_ids and earlier not in placed for earlier in step_of[offer.id].after)
        if len(chosen) < rules.FIRST and offer.id not in placed and not waits:
            opens = (StepReason("opens", approach, 0),) if approach else ()
            chosen.append(OfferedStep(offer.id, offer.points, opens + offer.why))
    alone = [
        offer
        for offer in order
        if step_of[offer.id].private and not any(earlier in open_ids for earlier in step_of[offer.id].after)
    ]
    if quietly and alone and not any(step_of[one.id].private for one in chosen):
        chosen = [alone[0], *chosen][: rules.FIRST]
    return in_their_places(chosen, step_of, answering if quietly else None)


def in_their_places(
    chosen: list[OfferedStep], step_of: dict[str, Step], answering: list[str] | None
) -> list[OfferedStep]:
    """Passing on goes last; quietly, the private go first, for a worry before others; none before its own."""
    line: list[OfferedStep] = []
    while len(line) < len(chosen):
        left = [one for one in chosen if one not in line]
        ready = [one for one in left if not any(other.id in step_of[one.id].after for other in left)]
        staying = [one for one in ready if not step_of[one.id].passes_on] or ready
        if answering is not None:
            staying = [one for one in staying if step_of[one.id].private] or staying
            staying = [one for one in staying if one.id in answering] or staying
        line.append(staying[0])
    return line


def ending(
    rest: list[OfferedStep], steps: list[Step], first: list[str], progress: Progress
) -> tuple[OfferedStep | None, list[OfferedStep]]:
    step_of = {step.id: step for step in steps}
    planned = first if progress.planned is None else progress.planned
    in_the_plan = [*planned, *progress.done]
    following: list[OfferedStep] = []
    others: list[OfferedStep] = []
    for offer in rest:
        step = step_of[offer.id]
        earlier = [id for id in step.after if id in step_of]
        if step.passes_on and step.id not in planned and all(id in in_the_plan for id in earlier):
            (following if any(id in in_the_plan for id in step.after) else others).append(offer)
    if not following and not others:
        return None, rest
    last = (following + others)[0]
    waiting = {last.id}
    for offer in rest:
        if any(earlier in waiting for earlier in step_of[offer.id].after):
            waiting.add(offer.id)
    further = [offer for offer in rest if offer.id not in waiting]
    return OfferedStep(last.id, last.points, (*last.why, StepReason("passes_on", "", 0))), further


def taking_turns(
    rest: list[OfferedStep], steps: list[Step], first: list[OfferedStep], weights: dict[str, int]
) -> list[OfferedStep]:
    step_of = {step.id: step for step in steps}
    approach_of = {one.id: why.id for one in first + rest for why in one.why if why.kind == "approach"}
    line = list(first)
    while len(line) < len(first) + len(rest):
        left = [offer for offer in rest if offer not in line]
        ready = [offer for offer in left if not any(other.id in step_of[offer.id].after for other in left)] or left
        needs_before = step_of[line[-1].id].needs if line else frozenset()
        keys = []
        for offer in ready:
            approach = approach_of[offer.id]
            before = sum(approach_of[one.id] == approach for one in line)
            shared = int(Fraction(rules.PARTS * weights[approach], 1 + before))
            points = rules.PARTS * (offer.points - weights[approach]) + shared
            again = any(need in needs_before for need in step_of[offer.id].needs)
            keys.append((-points, again, step_of[offer.id].minutes, offer.id))
        chosen = sorted(keys)[0][3]
        line.append(next(offer for offer in ready if offer.id == chosen))
    return line[len(first) :]


def revisions(answers: Answers, seen: list[Observation], steps: list[Step], progress: Progress) -> Iterable[Revision]:
    for number, one in enumerate(seen):
        before = whole_percent(all_reasons(answers, seen[:number], steps, progress))
        after = whole_percent(all_reasons(answers, seen[: number + 1], steps, progress))
        change = {approach: after[approach] - before[approach] for approach in APPROACHES}
        yield Revision(one.order, one.by, one.what, before, after, change, level(answers, seen[: number + 1]))
