"""A newcomer comes in, asks, is answered by a peer of another society, and accepts the answer."""

from . import given, then, when

COUNSELS = "/groups/counsels/"
QUESTION, TEXT = "Who reads your bylaws?", "We pay a firm for it every *three* years. Do you?"
ANSWER = "A retired judge does ours, for a dinner."


def test_a_newcomer_is_let_in_asks_and_accepts_the_answer_of_another_society(scene):
    counsel = scene.reader(given.a_counsel_in_the_closed_group(scene))
    newcomer, staff, second = scene.stranger(), scene.reader("staff"), scene.reader("second_staff")

    when.they_sign_in_by_code(newcomer, "newcomer@reef.example")
    assert newcomer.path.startswith("/welcome/")
    newcomer.says("Director of Membership")
    newcomer.press("Come in")
    assert newcomer.path == "/"

    when.they_ask_to_join(newcomer, "General Counsels", note="I look after our contracts.")
    newcomer.says("Your request waits for an answer")
    when.they_approve(staff, "Nadia Brook", group=COUNSELS)
    newcomer.open(COUNSELS)
    newcomer.says("One confirmation is missing")
    when.they_turn_the_second_key(second, "Academy of Reef Dermatology", group=COUNSELS)
    when.the_worker_has_told_everybody()

    topic = when.they_ask(newcomer, QUESTION, TEXT, group=COUNSELS)
    then.the_bell_says(newcomer, 2)
    when.the_worker_has_told_everybody()

    counsel.open("/")
    then.the_bell_says(counsel, 1)
    counsel.follow(QUESTION)
    when.they_answer(counsel, ANSWER)
    then.the_bell_says(counsel, 0)
    when.the_worker_has_told_everybody()

    newcomer.open("/")
    then.the_bell_says(newcomer, 3)
    when.they_read_their_notices(newcomer)
    then.they_are_told(newcomer, "Vera Lindqvist answers you", "You are in", "Your request to join was approved")
    newcomer.follow("Vera Lindqvist answers you (new)")
    then.they_read_in_order(
        newcomer, ("Nadia Brook", "We pay a firm for it every three years. Do you?"), ("Vera Lindqvist", ANSWER)
    )
    when.they_accept_the_answer_of(newcomer, "Vera Lindqvist")
    then.the_accepted_answer_is_by(newcomer, "Vera Lindqvist")

    when.the_worker_has_told_everybody()
    counsel.open("/")
    then.the_bell_says(counsel, 1)
    counsel.open(topic)
    then.the_accepted_answer_is_by(counsel, "Vera Lindqvist")
    then.the_bell_says(counsel, 0)


def test_the_same_without_scripts(scene):
    asker = scene.reader("peer", java_script_enabled=False)
    answerer = scene.reader("colleague", java_script_enabled=False)

    topic = when.they_ask(asker, QUESTION, TEXT, group="/groups/cfos/")
    answerer.open("/")
    answerer.follow(QUESTION)
    assert answerer.path.startswith(topic)
    when.they_answer(answerer, ANSWER)
    when.the_worker_has_told_everybody()

    asker.open("/")
    when.they_read_their_notices(asker)
    then.they_are_told(asker, "Tomasz Halloran answers you")
    asker.follow("Tomasz Halloran answers you (new)")
    when.they_accept_the_answer_of(asker, "Tomasz Halloran")
    then.the_accepted_answer_is_by(asker, "Tomasz Halloran")
