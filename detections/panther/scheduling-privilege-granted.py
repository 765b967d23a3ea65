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
        (any(like(change.get("setting"), "*schedul*privilege*")
        and like(change.get("new_value"), "*@*") for change in changes_of(event)))
        or (like(event.deep_get("operation_detail"), "*schedul*privilege*")
        and like(event.deep_get("operation_detail"), "*@*")
        and (not like(event.deep_get("detail", "status"), "full"))
        and (not like(event.deep_get("verb"), "delete"))
        and (not (like(event.deep_get("operation_detail"), "*Remove*")
        or like(event.deep_get("operation_detail"), "*Revoke*")
        or like(event.deep_get("operation_detail"), "*Unassign*")
        or like(event.deep_get("operation_detail"), "* to None*"))))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom Scheduling Privilege Granted, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
