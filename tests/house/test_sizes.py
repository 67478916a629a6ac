"""The house's limits: nothing grows beyond what one can read at a sitting."""

from .reading import code, files, functions, is_view, lines, name_of, none, proofs, text_of

CODE_FILE, TEST_FILE, TEMPLATE = 400, 500, 150
FUNCTION, VIEW, TEST = 50, 25, 60
# The requirement on the other side: a name that says only that the room was not found.
NO_NAMES = {"utils", "helpers", "managers", "handlers", "common", "misc", "util", "helper"}


def too_long(paths, limit):
    counted = ((name_of(path), text_of(path).count("\n")) for path in paths)
    return [f"{name}: {length} lines, {limit} allowed" for name, length in counted if length > limit]


def test_code_files_are_short():
    none(too_long(code(), CODE_FILE))


def test_test_files_are_short():
    none(too_long(proofs(), TEST_FILE))


def test_templates_are_short():
    none(too_long(files(".html"), TEMPLATE))


def test_functions_are_short():
    found = []
    for path in code():
        for function in functions(path):
            limit = VIEW if is_view(path, function) else FUNCTION
            if lines(function) > limit:
                found.append(f"{name_of(path)} {function.name}: {lines(function)} lines, {limit} allowed")
    none(found)


def test_tests_are_short():
    found = [(name_of(path), function.name, lines(function)) for path in proofs() for function in functions(path)]
    none([one for one in found if one[2] > TEST])


def test_every_module_is_named_for_what_it_holds():
    paths = [*code(), *proofs()]
    named = {path for path in paths if NO_NAMES & {path.stem, *path.parts}}
    none(sorted(map(name_of, named)))


def test_every_module_says_what_it_holds():
    silent = [path for path in code() if text_of(path).strip() and not text_of(path).lstrip().startswith('"""')]
    none(sorted(map(name_of, silent)))
