"""Every deed leaves its event, every event is left by a deed and can be told, every deed has its test."""

from __future__ import annotations

import ast
import string
from functools import cache
from pathlib import Path

from .reading import FunctionNode, called, code, code_below, name_of, none, proofs, text_of, tree_of

# Functions among the actions that leave no event, each with the reason.
NO_EVENT = {
    "archives.begin_intake": "the run has its event when it ends, and what nobody finishes is brought in by nobody",
    "archives.bring_in": "a part of a run, which has one event and not one for each of a hundred thousand letters",
    "archives.move_opened": "follows the decision to open, which has the event; so does each topic's new audience",
    "access.settle": "brings admissions in line with facts that have events of their own",
    "access.settle_shared": "the same",
    "access.settle_everyone": "the same",
    "access.settled_together": "the same, for bulk doors",
    "access.keep_admissions_still": "holds changes off while a deed looks at them",
    "access.open_named_audience": "part of the deed that names the persons",
    "ballots.advance_ballots": "takes the steps that are due, each of which has its event",
    "ballots.cast_ballot": "answers the call, which has the event",
    "ballots.cast_secretly": "a secret vote: an event would say when it was cast, and by whom",
    "ballots.extend_ballot": "moves the end of the call, which has the event",
    "bounces.forget_bounces": "what came back long ago; what it led to has an event",
    "calls.mark_seen": "what one has looked at is one's own affair, not the council's books",
    "entries.write_passages": "the findable words of a thing whose deed has the event",
    "entries.replace_passages": "the same",
    "entries.erase_passages": "the same",
    "entries.change_place": "a part of moving a thing, whose deed has the event",
    "files.upload": "waits for the deed that attaches it",
    "files.bring": "part of bringing in what the file came with",
    "files.attach": "part of the deed that writes the post",
    "files.set_aside": "part of the deed that holds the post",
    "files.take_up": "part of the deed that publishes the post",
    "files.discard_set_aside": "part of the deed that withdraws the post",
    "files.name_text": "changes nothing",
    "files.discard": "what nobody attached was never part of the council's books",
    "files.erase_part": "part of the deed that deletes the post",
    "files.erase_forgotten_uploads": "what nobody attached was never part of the council's books",
    "groups.apply_to_join": "what nobody has verified is not in the council's books; verifying it has the event",
    "groups.lapse_applications": "the same",
    "groups.forget_lapsed_applications": "the same",
    "health.ask_for_check": "looks at the books and changes none",
    "health.begin_checks": "the same",
    "health.note_check": "the same",
    "health.finish_checks": "the same",
    "health.retry_job": "delivery, not a change of the council's books",
    "home.look": "when one last looked is one's own affair",
    "mail.send_letter": "delivery, not a change of the council's books",
    "mail.rehearse_letter": "the same",
    "mail.hand_over": "the same",
    "mail.forget_old_letters": "the same",
    "notices.tell": "follows from an event",
    "notices.follow": "what one hears is one's own affair, not the council's books",
    "notices.mute": "the same",
    "notices.unfollow": "the same",
    "notices.follow_by_taking_part": "the same",
    "notices.choose_level": "the same",
    "notices.switch_off": "the same",
    "notices.switch_on": "the same",
    "notices.switch_letter_on": "the same",
    "notices.switch_letter_off": "the same",
    "notices.choose_digests": "the same",
    "notices.see_notifications": "the same",
    "notices.erase_part": "part of the deed that deletes the post",
    "people.add_first_address": "part of registering the person",
    "people.carry_out_part": "the deeds a confirmed roster asks for have events of their own",
    "people.forget_rosters": "the lines of a file, long after what they asked for is done",
    "people.carry_stragglers": "belongs to joining the accounts, which has the event",
    "people.let_joinings_lapse": "links that ran out; nothing was joined",
    "people.look_through_roster": "works out what a roster would do, and does nothing",
    "people.receive_roster": "what nobody confirmed was never part of the council's books",
    "people.open_seat": "an organization and a function make a seat; whoever takes it has the event",
    "people.release_stale_address": "part of the deed by which somebody else takes the address",
    "people.tie_address": "part of giving the address",
    "people.write_people": "the findable words of persons whose deed has the event",
    "people.write_people_of": "the same",
    "people.write_changed_people": "the same, by the calendar",
    "positions.issue_missing_editions": "the papers of steps that have events of their own",
    "positions.put_to_ballot": "prepares a ballot, and that has the event",
    "probes.recover_tried": "recovers addresses, and that has the event",
    "positions.replace_position": "links two entries, and that has the event",
    "signons.ask_to_sign": "what nobody has verified is not in the council's books; consenting has the event",
    "signons.forget_unverified": "the same",
    "trail.record": "is the event",
    "trail.without_waking": "for bulk doors that bring in the past",
    "trail.seal_settled_events": "seals events",
    "trail.begin_era": "seals events",
    "discussions.advance_read_mark": "what one has read is one's own affair, and written very often",
    "discussions.mark_all_read": "the same",
}


def app_of(path: Path) -> str:
    parts = path.parts
    return parts[parts.index("actions") - 1] if "actions" in parts else path.parent.name


@cache
def action_files() -> list[Path]:
    return [path for path in code() if path.name == "actions.py" or path.parent.name == "actions"]


@cache
def deeds() -> dict[str, dict[str, FunctionNode]]:
    """app -> name -> function, private ones too."""
    found: dict[str, dict[str, FunctionNode]] = {}
    for path in action_files():
        for node in tree_of(path).body:
            if isinstance(node, FunctionNode):
                found.setdefault(app_of(path), {})[node.name] = node
    return found


def public() -> list[tuple[str, str]]:
    """The deeds of each app: what a folder of actions gives out, or what a file has without an underscore."""
    found = []
    for app, functions in deeds().items():
        given = given_out(app)
        found += [(app, name) for name in functions if (name in given if given else not name.startswith("_"))]
    return sorted(found)


def given_out(app: str) -> set[str]:
    for path in action_files():
        if path.name == "__init__.py" and app_of(path) == app:
            assigned = [node for node in tree_of(path).body if isinstance(node, ast.Assign)]
            lists = [node.value for node in assigned if ast.unparse(node.targets[0]) == "__all__"]
            return {name for one in lists for name in ast.literal_eval(one)}
    return set()


def records(app: str, name: str, seen: frozenset[str] = frozenset()) -> bool:
    """Whether the function, or one of its app's actions that it calls, records an event."""
    calls = called(deeds()[app][name])
    inner = {call for call in calls if call in deeds()[app] and call not in seen and call != name}
    return "record" in calls or any(records(app, call, seen | {name}) for call in inner)


def test_every_action_leaves_an_event_or_says_why_not():
    silent = [f"{app}.{name}" for app, name in public() if not records(app, name)]
    none([name for name in silent if name not in NO_EVENT])


def test_no_reason_outlives_its_action():
    known = {f"{app}.{name}" for app, name in public()}
    none(sorted(set(NO_EVENT) - known))


def test_every_action_begins_a_transaction_or_is_part_of_one():
    """A function that records opens the transaction itself, unless it only prepares one that does."""
    found = []
    for app, name in public():
        node = deeds()[app][name]
        atomic = any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list) or "atomic" in called(
            node
        )
        if "record" in called(node) and not atomic and name != "record":
            found.append(f"{app}.{name}")
    none(found)


def test_every_action_has_a_test():
    told = "\n".join(text_of(path) for path in proofs())
    # Called by its name, or named to a test that tries several deeds alike.
    ways = ("{}(", ".{}", '"{}"')
    none([f"{app}.{name}" for app, name in public() if not any(way.format(name) in told for way in ways)])


# --- the past tenses


@cache
def pasts() -> dict[str, tuple[str, str, Path]]:
    """constant -> (name, sentence, file) of each declared event."""
    found = {}
    for path in code():
        for node in tree_of(path).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and called(node.value) >= {"past"}:
                name, sentence = node.value.args
                told = sentence.args[0] if isinstance(sentence, ast.Call) else sentence
                assert isinstance(name, ast.Constant)
                assert isinstance(told, ast.Constant)
                found[f"{path.parent.name}.{ast.unparse(node.targets[0])}"] = (name.value, told.value, path)
    return found


def test_every_declared_event_is_recorded_somewhere():
    unused = []
    for constant, (_name, _sentence, path) in pasts().items():
        word = constant.partition(".")[2]
        users = [other for other in code_below(path.parent) if other != path]
        if not any(f"events.{word}" in text_of(other) for other in users):
            unused.append(constant)
    none(unused)


def blanks(sentence: str) -> set[str]:
    return {field for _text, field, _spec, _conversion in string.Formatter().parse(sentence) if field} - {"actor"}


def test_every_sentence_finds_its_facts():
    """The facts recorded with an event hold every word its sentence asks for."""
    wanting = []
    for constant, (_name, sentence, path) in pasts().items():
        word = constant.partition(".")[2]
        for other in code_below(path.parent):
            for call in recordings(other).get(f"events.{word}", ()):
                missing = blanks(sentence) - facts_of(call)
                wanting += [f"{name_of(other)}:{call.lineno} {constant}: {sorted(missing)}"] if missing else []
    none(wanting)


@cache
def recordings(path: Path) -> dict[str, list[ast.Call]]:
    """What a file records: the event as it is written there -> the calls."""
    found: dict[str, list[ast.Call]] = {}
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and node.args and "record" in ast.unparse(node.func):
            found.setdefault(ast.unparse(node.args[0]), []).append(node)
    return found


def facts_of(call: ast.Call) -> set[str]:
    """The words of facts given as a dict; of others, all words that stand in the file beside it."""
    given = next((keyword.value for keyword in call.keywords if keyword.arg == "facts"), None)
    if isinstance(given, ast.Dict):
        return {key.value for key in given.keys if isinstance(key, ast.Constant)}
    return {"number"} if given is not None or len(call.args) > 1 else set()


def test_names_of_events_are_a_thing_and_what_happened_to_it():
    names = [name for name, _sentence, _path in pasts().values()]
    assert len(names) == len(set(names))
    none([name for name in names if not all(part.isidentifier() for part in name.split(".")) or name.count(".") != 1])
