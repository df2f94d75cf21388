"""Whatever arrives, a person hears something sensible, Alexa sees no exception, and no level is made up."""

import copy

import pytest
from twitching import entry
from twitching.dialogue.session import read_session

from simulator import envelope
from simulator.envelope import ended, intent, launch, new_session


def event(request, attributes=None, locale="en-US"):
    session = new_session()
    if attributes is not None:
        session |= {"new": False, "attributes": attributes}
    return envelope.envelope(request, session, locale)


def speech(response):
    return response["response"]["outputSpeech"]["ssml"]


def answer(request, attributes=None, locale="en-US"):
    return entry.handler(event(request, attributes, locale), None)


def tells_a_level(response):
    said = response["sessionAttributes"]["said"]
    return any(s.startswith("level.") for s in said)


def test_an_unknown_intent():
    response = answer(intent("OrderPizzaIntent", {}))
    assert not tells_a_level(response)
    assert response["response"]["shouldEndSession"] is False


@pytest.mark.parametrize("name", ["TopicIntent", "SignIntent", "DurationIntent"])
@pytest.mark.parametrize(
    "slots",
    [
        {},
        {"topic": {"name": "topic"}},
        {"topic": {"name": "topic", "value": ""}},
        {"topic": {"name": "topic", "value": "?"}, "sign": {"name": "sign", "value": "?"}},
        {
            "sign": {
                "name": "sign",
                "value": "feeling odd",
                "resolutions": {
                    "resolutionsPerAuthority": [{"authority": "a", "status": {"code": "ER_SUCCESS_NO_MATCH"}}]
                },
            }
        },
        {
            "sign": {
                "name": "sign",
                "value": "x",
                "resolutions": {
                    "resolutionsPerAuthority": [{"authority": "a", "status": {"code": "ER_ERROR_TIMEOUT"}}]
                },
            }
        },
        {
            "sign": {
                "name": "sign",
                "value": "x",
                "resolutions": {
                    "resolutionsPerAuthority": [
                        {
                            "authority": "a",
                            "status": {"code": "ER_SUCCESS_MATCH"},
                            "values": [{"value": {"id": "no_such_sign", "name": "x"}}],
                        }
                    ]
                },
            }
        },
        {"duration": {"name": "duration", "value": "PXW"}},
    ],
)
def test_a_slot_that_is_missing_empty_or_unknown(name, slots):
    response = answer(intent(name, slots))
    assert not tells_a_level(response)
    assert response["response"]["shouldEndSession"] is False


def test_an_unknown_request_type_with_a_person_waiting():
    response = answer({"type": "Alexa.Brand.New", "shiny": True})
    assert not tells_a_level(response)
    assert response["response"]["shouldEndSession"] is False


def test_a_request_that_nobody_waits_for_gets_no_speech():
    told = event({"type": "AlexaSkillEvent.SkillDisabled"})
    del told["session"]
    assert entry.handler(told, None) == {"version": "1.0", "response": {}}


@pytest.mark.parametrize("nothing", [{}, None, [], "hello", {"request": None}, {"request": {"type": 3}}])
def test_no_envelope_at_all(nothing):
    assert entry.handler(nothing, None)["response"] == {}


def test_the_end_of_a_session_is_not_answered():
    response = answer(ended("USER_INITIATED"), {"asked": "ask.weakness"})
    assert "outputSpeech" not in response["response"]


def test_an_unknown_reason_for_the_end_of_a_session():
    response = answer(
        {"type": "SessionEndedRequest", "reason": "SOLAR_FLARE", "error": {"type": "NEW", "message": "x"}}
    )
    assert "outputSpeech" not in response["response"]


def test_values_that_the_sdk_does_not_know():
    told = event(intent("AMAZON.HelpIntent", {}))
    told["context"] |= {
        "Viewport": {"mode": "HOLOGRAM", "shape": "TORUS", "touch": ["MIND"], "video": {"codecs": ["H_999"]}},
        "Viewports": [{"type": "AIR"}],
        "Brand.New": {"x": 1},
    }
    told["context"]["System"]["unit"] = {"unitId": 1}
    told["request"] |= {"dialogState": "CONFUSED", "timestamp": "yesterday", "newThing": [1]}
    told["request"]["intent"] |= {"confirmationStatus": "MAYBE"}
    assert "You can ask" in speech(entry.handler(told, None))


@pytest.mark.parametrize(
    "path",
    [
        "context",
        "session.attributes",
        "session.new",
        "request.locale",
        "request.requestId",
        "request.timestamp",
        "session.user",
    ],
)
@pytest.mark.parametrize("value", [None, 7, "x", [], {}, [None], {"a": None}])
def test_wrong_types_anywhere(path, value):
    told = event(launch())
    *parents, last = path.split(".")
    place = told
    for parent in parents:
        place = place[parent]
    place[last] = value
    assert "Skin Twitch Guide" in speech(entry.handler(copy.deepcopy(told), None))


@pytest.mark.parametrize(
    "attributes",
    [
        {"answers": {"sudden_signs": "maybe", "spread": 3, "no_such": "yes"}, "asked": "ask.weakness"},
        {"answers": [], "asked": 7, "said": "x", "misses": -4, "turn": "two", "heard": [1, None]},
        {"answers": {"duration": -5}, "asked": "ask.no_such_question", "topic": "no_such", "breath": 99},
        {"topic": "summary", "breath": 99, "asked": "offer_more"},
        {"topic": "summary", "breath": 99, "asked": "offer.no_such_topic", "said": ["no.such.sentence"]},
        {"asked": "no_such_prompt", "said": ["no.such.sentence"]},
        {"doubts": ["no_such"], "signs": ["no_such"], "level": "self_care"},
        {"answers": {"weakness": {"a": 1}}, "doubts": {"a": 1}},
    ],
)
@pytest.mark.parametrize(
    "name",
    [
        "AMAZON.YesIntent",
        "AMAZON.NoIntent",
        "AMAZON.RepeatIntent",
        "AMAZON.NextIntent",
        "AMAZON.PreviousIntent",
        "NotSureIntent",
        "AMAZON.HelpIntent",
        "StartCheckIntent",
        "AMAZON.StopIntent",
    ],
)
def test_session_attributes_that_make_no_sense(attributes, name):
    response = answer(intent(name, {}), attributes)
    said = response["sessionAttributes"].get("said", [])
    assert "level.self_care.action" not in said
    assert speech(response)


def test_answers_of_an_older_flow_are_kept_where_they_still_mean_something(catalogue):
    old = {"answers": {"sudden_signs": "no", "left_handed": "yes", "duration": 21}}
    session = read_session(old, catalogue)
    assert session.answers == {"sudden_signs": "no", "duration": 21}


def test_another_skills_request_is_refused(monkeypatch):
    monkeypatch.setattr(entry, "_SKILL_ID", "amzn1.ask.skill.11111111-1111-1111-1111-111111111111")
    with pytest.raises(entry.NotOurSkillError):
        answer(launch())


def test_a_locale_that_is_not_ours_hears_no_number():
    response = answer(intent("SignIntent", {"sign": resolved("sign", "chest_pain")}), locale="de-DE")
    assert speech(response).startswith("<speak>Call your local emergency number now.")


def resolved(name, id_):
    values = [{"value": {"id": id_, "name": id_}}]
    match = {"authority": "a", "status": {"code": "ER_SUCCESS_MATCH"}, "values": values}
    return {"name": name, "value": "x", "resolutions": {"resolutionsPerAuthority": [match]}}


@pytest.mark.usefixtures("broken")
def test_when_the_skill_itself_breaks_it_says_when_to_call_and_logs_nothing_personal(monkeypatch, capsys):
    def break_(*_):
        raise ValueError("my private words")

    monkeypatch.setattr(entry, "_answer", break_)
    response = answer(launch())
    assert "call your local emergency number now" in speech(response)
    assert response["response"]["shouldEndSession"] is True
    logged = capsys.readouterr().err
    assert "ValueError" in logged
    assert "private" not in logged
