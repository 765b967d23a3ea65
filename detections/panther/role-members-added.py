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
        ((like(event.deep_get("target_type"), "role")
        and (any((like(change.get("setting"), "Add Member*")
        or like(change.get("setting"), "Add User*")
        or like(change.get("setting"), "Members Added*")
        or like(change.get("setting"), "Users Added*"))
        and like(change.get("new_value"), "*@*") for change in changes_of(event))))
        or ((like(event.deep_get("event_type"), "user.role_change")
        and (like(event.deep_get("detail", "verb"), "Assign")
        or like(event.deep_get("detail", "verb"), "Add")))
        or (like(event.deep_get("target_type"), "role")
        and like(event.deep_get("detail", "verb"), "Assign")))
        or ((like(event.deep_get("category_type"), "*Role*")
        or like(event.deep_get("category_type"), "*User*"))
        and (like(event.deep_get("operation_detail"), "*Add Member*")
        or like(event.deep_get("operation_detail"), "*Members Added*")
        or like(event.deep_get("operation_detail"), "*Users Added*")
        or like(event.deep_get("operation_detail"), "*Assign Role *")
        or like(event.deep_get("operation_detail"), "*Add User*to Role *"))
        and (not like(event.deep_get("detail", "status"), "full"))))
        and (not has(event.get("weakened"), "role"))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom Role Given Members, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
