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
        has(event.get("weakened"), "network")
        or has(event.get("unlocked"), "network")
        or (any(like(change.get("control"), "network")
        and (like(change.get("setting"), "*range*")
        or like(change.get("setting"), "*list*")
        or like(change.get("setting"), "*network*")
        or like(change.get("setting"), "*address*"))
        and like(change.get("direction"), "changed") for change in changes_of(event)))
        or ((like(event.deep_get("category_type"), "*Account*")
        or like(event.deep_get("category_type"), "*Group*")
        or like(event.deep_get("category_type"), "*Security*")
        or like(event.deep_get("category_type"), "*Settings*")
        or like(event.deep_get("category_type"), "*Sign-in*")
        or like(event.deep_get("category_type"), "*Role*"))
        and (like(event.deep_get("operation_detail"), "*IP Address*")
        or like(event.deep_get("operation_detail"), "*Allow List*")
        or like(event.deep_get("operation_detail"), "*Allowlist*")
        or like(event.deep_get("operation_detail"), "*Allowed IP*")
        or like(event.deep_get("operation_detail"), "*Allowed range*")
        or like(event.deep_get("operation_detail"), "*Trusted network*")
        or like(event.deep_get("operation_detail"), "*Regions*")
        or like(event.deep_get("operation_detail"), "*Countries*"))
        and (like(event.deep_get("operation_detail"), "* from On to Off*")
        or like(event.deep_get("operation_detail"), "* from Enabled to Disabled*")
        or like(event.deep_get("operation_detail"), "* from Yes to No*")
        or like(event.deep_get("operation_detail"), "* from True to False*")
        or like(event.deep_get("operation_detail"), "* from Locked to Unlocked*")
        or like(event.deep_get("operation_detail"), "*: set to Off*")
        or like(event.deep_get("operation_detail"), "*: set to Disabled*")
        or like(event.deep_get("operation_detail"), "*: set to No*")
        or like(event.deep_get("operation_detail"), "*: Unlocked*")
        or like(event.deep_get("operation_detail"), "*range*: from *")
        or like(event.deep_get("operation_detail"), "*list*: from *")
        or like(event.deep_get("operation_detail"), "*network*: from *"))
        and (not like(event.deep_get("detail", "status"), "full")))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom IP Allow List or Country Restriction Weakened, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
