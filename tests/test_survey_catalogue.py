"""The surveys are asked and published as the catalogue says, and a fault in it is found."""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

import pytest

from data_loaders.words.lexicon import choices_of
from tests.survey_meaning import survey_faults
from yearbook.catalogue import Catalogue, Content, Question, build, read
from yearbook.language import Language
from yearbook.publication.audience import for_members

CLASSES = ["employed", "full_time_student", "unemployed", "others", "emigrated"]


@pytest.fixture(scope="module")
def content() -> Content:
    return read()


@pytest.fixture(scope="module")
def catalogue(content: Content) -> Catalogue:
    return build(content)


def _question(catalogue: Catalogue, code: str) -> Question:
    return catalogue.questions[code]


def test_the_shipped_surveys_have_no_fault(catalogue: Catalogue) -> None:
    assert survey_faults(catalogue) == []


def test_three_surveys_and_whom_their_rounds_concern(catalogue: Catalogue) -> None:
    lags = {code: survey.cohort_lag for code, survey in catalogue.surveys.items()}
    assert lags == {"base": 1, "followup": 3, "wide": None}


def test_what_is_asked(catalogue: Catalogue) -> None:
    types = Counter(question.type for question in catalogue.survey_questions)
    assert types == {"single": 20, "multiple": 6, "likert": 16, "number": 2, "text": 3}
    asked = Counter(code for q in catalogue.survey_questions for code in q.surveys)
    assert asked == {"base": 41, "followup": 46, "wide": 46}


def test_everything_but_open_answers_is_published(catalogue: Catalogue) -> None:
    published = [i for i in catalogue.indicators.values() if i.source == "survey"]
    assert len(published) == 46
    assert len({indicator.question for indicator in published}) == 44
    assert len({indicator.order for indicator in published}) == 46
    assert {indicator.theme for indicator in published} == {
        "placement",
        "work",
        "study",
        "education",
        "background",
    }


def test_main_activity_has_the_national_list_and_the_kinds_of_work_in_five_classes(
    catalogue: Catalogue,
) -> None:
    question = _question(catalogue, "main_activity")
    assert len(question.choices) == 12
    assert [choice.code for choice in question.classes] == CLASSES
    rolled = Counter(choice.rolls_up for choice in question.choices)
    assert rolled == {
        "employed": 6,
        "full_time_student": 1,
        "unemployed": 1,
        "others": 3,
        "emigrated": 1,
    }
    assert not question.sensitive


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("Päätoiminen työllinen", "mainly_employed"),
        ("Työssä", "mainly_employed"),
        ("Palkkatyössä", "wage_work"),
        ("Freelancer", "freelancer"),
        ("yrittäjä tai toiminimi", "self_employed"),
        ("Arbetar med stipendium", "grant_funded"),
        ("Muu tai tuntematon", "other_unknown"),
        ("Työssä ja opiskelen", "employed_student"),
        ("Studerande", "full_time_student"),
        ("Varusmies tai siviilipalvelusmies", "conscript"),
        ("Kotona lasten kanssa", "other_unknown"),
        ("Moved abroad", "emigrated"),
    ],
)
def test_old_and_new_wordings_of_main_activity(
    catalogue: Catalogue, said: str, option: str
) -> None:
    assert choices_of(_question(catalogue, "main_activity")).find(said) == (option,)


def test_the_renewal_of_2020(catalogue: Catalogue) -> None:
    versions = {
        question.code: [(version.first, version.relation) for version in question.versions]
        for question in catalogue.survey_questions
        if question.versions
    }
    assert versions == {
        "main_activity": [(2020, "recoded")],
        "form_of_employment": [(2020, "recoded")],
        "work_in_field": [(2020, "same")],
        "satisfaction_overall": [(2020, "broken")],
    }


def test_what_is_sensitive(catalogue: Catalogue) -> None:
    sensitive = {question.code for question in catalogue.survey_questions if question.sensitive}
    assert sensitive == {
        "unemployment_length",
        "income_class",
        "income",
        "income_from_field",
        "satisfaction_overall",
        "satisfaction_teaching",
        "satisfaction_guidance",
        "satisfaction_facilities",
        "satisfaction_workplace_learning",
        "satisfaction_community",
        "would_recommend",
        "would_choose_again",
        "wellbeing",
        "harassment",
    }


def test_harassment_is_shown_for_everyone_together_only(catalogue: Catalogue) -> None:
    assert catalogue.indicators["harassment"].by == (("cohort",), ("block",))
    assert not catalogue.indicators["harassment"].extras


def test_members_see_the_judgement_of_schools_for_all_together(catalogue: Catalogue) -> None:
    own = {i.code for i in catalogue.indicators.values() if i.audience == "own_school"}
    judged = {code for code in catalogue.indicators if code.startswith("satisfaction_")}
    assert own == judged | {"would_recommend", "would_choose_again"}
    cuts = {code: set(catalogue.indicators[code].by) for code in own}
    assert set(map(len, cuts.values())) == {7}
    seen = {cut for one in for_members(catalogue) if one.code in own for cut in one.by}
    assert seen == {("cohort",), ("programme", "cohort"), ("block",), ("programme", "block")}


def test_sensitive_answers_are_published_in_the_whole_lattice(catalogue: Catalogue) -> None:
    sensitive = {q.code for q in catalogue.survey_questions if q.sensitive} - {"harassment"}
    published = [i for i in catalogue.indicators.values() if i.question in sensitive]
    assert len(published) == 14
    assert all(set(one.by) == set(catalogue.policy.lattice) for one in published)


def test_extra_levels_are_of_distributions(catalogue: Catalogue) -> None:
    without = {i.code for i in catalogue.indicators.values() if i.source == "survey"}
    without -= {i.code for i in catalogue.indicators.values() if i.extras}
    means = {"hobby_years", "income_median", "satisfaction_mean"}
    assert without == means | {"harassment", "main_activity_detailed", "pandemic_effects"}
    by = {one.code: set(one.by) for one in for_members(catalogue)}
    assert set(catalogue.policy.extras) < by["main_activity"]
    assert not set(catalogue.policy.extras) & by["satisfaction_teaching"]


def test_the_policy(catalogue: Catalogue) -> None:
    policy = catalogue.policy
    assert (policy.threshold, policy.sensitive_threshold, policy.sensitive_leave) == (5, 10, 2)
    assert (policy.mean_threshold, policy.quartile_threshold) == (10, 20)
    assert (policy.block_length, policy.small_group, policy.whole_percent_below) == (3, 20, 50)
    assert (policy.annual_threshold, policy.extra_threshold) == (5, 20)
    assert (policy.block_start, policy.common_percent, policy.fold_least_options) == (2011, 80, 2)
    assert (policy.mean_percent, policy.upload_retention_days) == (10, 400)
    assert (policy.public_interval_below, policy.public_round_to) == (5, 3)
    assert (policy.public_contributors, policy.public_p_percent) == (3, 10)
    assert (policy.public_dominance_largest, policy.public_dominance_percent) == (2, 85)
    assert (policy.quote_threshold, policy.quote_length) == (10, 300)
    assert policy.extras == (("school", "programme", "block"), ("school", "cohort"))
    assert not set(policy.extras) & set(policy.lattice)
    assert len(policy.lattice) == len(set(policy.lattice)) == 7
    for name, reason in policy.reasons.items():
        assert len({reason[language] for language in Language}) == 3, name


def _changed(content: Content, *path: str | int, to: object) -> Catalogue:
    changed = copy.deepcopy(content)
    place: Any = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return build(changed)


MAIN = ("questions", "main_activity")
OVERALL = ("questions", "satisfaction_overall")


@pytest.mark.parametrize(
    ("path", "to", "said"),
    [
        ((*MAIN, "surveys"), [], "questions/main_activity.toml: surveys: it is asked in none"),
        ((*MAIN, "choice"), [], "choice: there is nothing to choose from"),
        ((*MAIN, "choice", 1, "code"), "pensioner", "the code pensioner is used twice"),
        ((*MAIN, "choice", 1, "also"), ["I LÖNEARBETE"], "also means wage_work"),
        ((*MAIN, "choice", 1, "also"), ["a;b"], "'a;b' has a semicolon"),
        ((*MAIN, "choice", 0, "rolls_up"), "rich", "rolls_up: there is no class 'rich'"),
        ((*MAIN, "choice", 0, "rolls_up"), None, "choice wage_work: rolls_up is missing"),
        ((*MAIN, "choice", 7, "rolls_up"), "others", "class unemployed: no option rolls up to it"),
        ((*MAIN, "class", 2, "en"), "Jobless", "an option of the same code means something else"),
        ((*OVERALL, "choice", 1, "score"), 3, "a scale runs 1, 2, 3, 4, 5, not"),
        ((*MAIN, "choice", 1, "score"), 3, "only the options of a scale have one"),
        ((*MAIN, "version", 0, "relation"), "better", "relation: there is no 'better'"),
        ((*MAIN, "version", 0, "first"), 2012, "version 2012: first: there is nothing before it"),
        ((*OVERALL, "version", 0, "relation"), "same", "is broken in [], not [2020]"),
        (("questions", "wellbeing", "until"), 2015, "since: it begins after it has ended"),
        (("indicators", "income_median", "question"), "comments", "never published"),
        (("indicators", "income_median", "measure"), "distribution", "distribution of a number"),
        (("indicators", "orientation", "chart"), "stacked", "more than 6 parts"),
        (("indicators", "wellbeing", "chart"), "bars", "scales are diverging"),
        (("indicators", "wellbeing", "theme"), "work", "theme: the question has education"),
        (("indicators", "would_recommend", "audience"), "members", "audience: a school is judged"),
        (("indicators", "hobby_years", "audience"), "public", "a mean is never for the public"),
        (("indicators", "main_activity_detailed", "audience"), "public", "the same question"),
        (("indicators", "orientation", "by"), [["school", "cohort"]], "not in the lattice"),
    ],
)  # fmt: skip
def test_a_fault_is_found(
    content: Content, path: tuple[str | int, ...], to: object, said: str
) -> None:
    found = survey_faults(_changed(content, *path, to=to))
    assert [sentence for sentence in found if said in sentence], found
