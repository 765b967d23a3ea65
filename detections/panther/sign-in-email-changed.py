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
        ((like(event.deep_get("target_type"), "user")
        and like(event.deep_get("verb"), "update"))
        and (any((like(change.get("setting"), "Email")
        or like(change.get("setting"), "E-mail")
        or like(change.get("setting"), "Email Address")
        or like(change.get("setting"), "E-mail Address")
        or like(change.get("setting"), "Sign-in Email")
        or like(change.get("setting"), "Sign-in Email Address")
        or like(change.get("setting"), "Login Email")
        or like(change.get("setting"), "Change Email")
        or like(change.get("setting"), "User Email")
        or like(change.get("setting"), "New Email"))
        and like(change.get("new_value"), "*@*") for change in changes_of(event))))
        or (like(event.deep_get("category_type"), "*User*")
        and (like(event.deep_get("operation_detail"), "*Email*: from *@* to *@*")
        or like(event.deep_get("operation_detail"), "*E-mail*: from *@* to *@*"))
        and (not like(event.deep_get("detail", "status"), "full")))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom Sign-In Email of a User Changed, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
