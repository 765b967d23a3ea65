"""The fields of flat records that hold more than one value. Every other field that a rule reads holds one text."""

from sigma.conditions import ConditionFieldEqualsValueExpression, ConditionValueExpression
from sigma.types import SpecialChars

# Lists of texts in lower case.
LISTS = {"controls", "weakened", "unlocked", "target_emails", "any_emails"}

# The parts of one change of a setting. Conditions on several of them, side by side in a rule, are about the same change.
CHANGES = "detail.changes"
_PART = f"{CHANGES}."


def part_of_change(field: str) -> str | None:
    """The name of a part of a change: `setting` for `detail.changes.setting`. None for another field."""
    return field.removeprefix(_PART) if field.startswith(_PART) else None


def reads_changes_only(condition) -> bool:
    """Whether a condition is about the parts of a change, and nothing else."""
    if isinstance(condition, ConditionFieldEqualsValueExpression):
        return part_of_change(condition.field) is not None
    if isinstance(condition, ConditionValueExpression):
        return False
    return all(reads_changes_only(part) for part in condition.args)


class OneChange:
    """For a backend: the largest parts of a condition that are about changes only become one expression, about one change."""

    _is_in_change = False

    def convert_condition(self, cond, state):
        if cond is None or self._is_in_change or not reads_changes_only(cond):
            return super().convert_condition(cond, state)
        self._is_in_change = True
        try:
            return self.some_change(super().convert_condition(cond, state))
        finally:
            self._is_in_change = False

    def some_change(self, condition: str) -> str:
        """The expression that is true if the condition is true of one of the changes."""
        raise NotImplementedError


def pattern_of(value, any_text: str, escape) -> str:
    """A value with its wildcards as a pattern of another language: `any_text` for `*`, the rest escaped."""
    return "".join(any_text if part == SpecialChars.WILDCARD_MULTI else escape(part) for part in value.s)
