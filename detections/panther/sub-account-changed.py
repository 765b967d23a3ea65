import re


def like(value, pattern):
    """Whether a text matches a pattern, in any case: * is any text."""
    expression = ".*".join(re.escape(part) for part in pattern.split("*"))
    return value is not None and re.fullmatch(expression, str(value), re.IGNORECASE | re.DOTALL) is not None


def has(values, wanted):
    """Whether a list has a value."""
    return wanted in (values or [])


def changes_of(event):
    return event.deep_get("detail", "changes", default=[])


def rule(event):
    return (
        (like(event.deep_get("event_type"), "sub_account.*")
        or like(event.deep_get("target_type"), "sub_account"))
        and (not like(event.deep_get("verb"), "read"))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom Sub Account Changed, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
