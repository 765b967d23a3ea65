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
        has(event.get("weakened"), "domain")
        or has(event.get("unlocked"), "domain")
        or (any(like(change.get("control"), "domain")
        and like(change.get("direction"), "changed") for change in changes_of(event)))
        or (like(event.deep_get("target_type"), "domain")
        and (not like(event.deep_get("verb"), "read")))
        or ((like(event.deep_get("category_type"), "*Account*")
        or like(event.deep_get("category_type"), "*Group*")
        or like(event.deep_get("category_type"), "*Security*")
        or like(event.deep_get("category_type"), "*Settings*")
        or like(event.deep_get("category_type"), "*Sign-in*")
        or like(event.deep_get("category_type"), "*Role*"))
        and (like(event.deep_get("operation_detail"), "*Associated Domain*")
        or like(event.deep_get("operation_detail"), "*Managed Domain*")
        or like(event.deep_get("operation_detail"), "*same domain*")
        or like(event.deep_get("operation_detail"), "*specific domains*"))
        and (not like(event.deep_get("detail", "status"), "full"))
        and (not like(event.deep_get("verb"), "read")))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom Managed or Associated Domain Changed, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
