"""Panther's own rules for Zoom's operation log, as its package has them, outside of Panther.

python panther.py events      prints the events of its rules' own tests, with the results that its authors expect
python panther.py run < LINES prints which rules fire on which lines of JSON, by the line's event_id
"""

import json
import sys

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


json.dump(list({"events": events, "run": fired}[sys.argv[1]]()), sys.stdout)
