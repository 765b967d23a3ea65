"""Panther's own rules for Zoom's operation log, as its package has them, and ours, outside of Panther.

python panther.py events      prints the events of its rules' own tests, with the results that its authors expect
python panther.py run < LINES prints which rules fire on which lines of JSON, by the line's event_id
python panther.py own < LINES the same of the rules that are made from our own
"""

import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from panther_core.enriched_event import PantherEvent
from pypanther import Rule
from pypanther.rules import zoom_operation

RULES = [
    rule
    for rule in vars(zoom_operation).values()
    if isinstance(rule, type) and issubclass(rule, Rule) and rule is not Rule
]


def events():
    for rule in RULES:
        for test in rule._tests:  # Panther lays the tests of its own rules aside, under this name
            log = test.log if isinstance(test.log, dict) else json.loads(test.log)
            yield {"rule": rule.__name__, "name": test.name, "expected": test.expected_result, "log": log}


def fired():
    lines = [json.loads(line) for line in sys.stdin]
    for rule in RULES:
        for line in lines:
            if rule().rule(PantherEvent(line)):
                yield {"rule": rule.__name__, "event_id": line["event_id"]}


def own():
    lines = [PantherEvent(json.loads(line)) for line in sys.stdin]
    for file in sorted((Path(__file__).parent / "../../detections/panther").glob("*.py")):
        specification = spec_from_file_location("rule", file)
        module = module_from_spec(specification)
        specification.loader.exec_module(module)
        for line in lines:
            if module.rule(line):
                assert module.title(line) and module.dedup(line)
                yield {"rule": file.stem, "event_id": line["event_id"]}


json.dump(list({"events": events, "run": fired, "own": own}[sys.argv[1]]()), sys.stdout)
