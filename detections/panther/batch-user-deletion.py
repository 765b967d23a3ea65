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
        like(event.deep_get("operation_detail"), "*@*@*@*@*@*")
        and ((like(event.deep_get("event_type"), "user.delete")
        or like(event.deep_get("event_type"), "user.deactivate"))
        or ((like(event.deep_get("category_type"), "User")
        or like(event.deep_get("category_type"), "Users")
        or like(event.deep_get("category_type"), "User Management"))
        and (like(event.deep_get("operation_detail"), "Delete User*")
        or like(event.deep_get("operation_detail"), "Remove User*")
        or like(event.deep_get("operation_detail"), "Deactivate User*"))))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom Users Deleted in One Batch, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
