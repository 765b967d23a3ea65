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
        has(event.get("weakened"), "encryption")
        or has(event.get("unlocked"), "encryption")
        or (any(like(change.get("setting"), "*Waiting Room*")
        and (like(change.get("direction"), "weakened")
        or like(change.get("direction"), "unlocked")) for change in changes_of(event)))
        or ((like(event.deep_get("category_type"), "*Account*")
        or like(event.deep_get("category_type"), "*Group*")
        or like(event.deep_get("category_type"), "*Security*")
        or like(event.deep_get("category_type"), "*Settings*")
        or like(event.deep_get("category_type"), "*Sign-in*")
        or like(event.deep_get("category_type"), "*Role*"))
        and (like(event.deep_get("operation_detail"), "*Encrypt*")
        or like(event.deep_get("operation_detail"), "*E2EE*")
        or like(event.deep_get("operation_detail"), "*Waiting Room*"))
        and (like(event.deep_get("operation_detail"), "* from On to Off*")
        or like(event.deep_get("operation_detail"), "* from Enabled to Disabled*")
        or like(event.deep_get("operation_detail"), "* from Yes to No*")
        or like(event.deep_get("operation_detail"), "* from True to False*")
        or like(event.deep_get("operation_detail"), "* from Locked to Unlocked*")
        or like(event.deep_get("operation_detail"), "*: set to Off*")
        or like(event.deep_get("operation_detail"), "*: set to Disabled*")
        or like(event.deep_get("operation_detail"), "*: set to No*")
        or like(event.deep_get("operation_detail"), "*: Unlocked*")
        or like(event.deep_get("operation_detail"), "* to Users not in *")
        or like(event.deep_get("operation_detail"), "*Unlock setting *"))
        and (not like(event.deep_get("detail", "status"), "full")))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom Encryption or Waiting Room Turned Off, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
