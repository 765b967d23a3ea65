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
        has(event.get("weakened"), "passcode")
        or has(event.get("unlocked"), "passcode")
        or ((like(event.deep_get("category_type"), "*Account*")
        or like(event.deep_get("category_type"), "*Group*")
        or like(event.deep_get("category_type"), "*Security*")
        or like(event.deep_get("category_type"), "*Settings*")
        or like(event.deep_get("category_type"), "*Sign-in*")
        or like(event.deep_get("category_type"), "*Role*")
        or like(event.deep_get("category_type"), "*Meeting*")
        or like(event.deep_get("category_type"), "*Webinar*"))
        and (like(event.deep_get("operation_detail"), "*Passcode*")
        or like(event.deep_get("operation_detail"), "*Meeting Password*")
        or like(event.deep_get("operation_detail"), "*Password for*")
        or like(event.deep_get("operation_detail"), "*Password when*"))
        and (like(event.deep_get("operation_detail"), "* from On to Off*")
        or like(event.deep_get("operation_detail"), "* from Enabled to Disabled*")
        or like(event.deep_get("operation_detail"), "* from Yes to No*")
        or like(event.deep_get("operation_detail"), "* from True to False*")
        or like(event.deep_get("operation_detail"), "* from Locked to Unlocked*")
        or like(event.deep_get("operation_detail"), "*: set to Off*")
        or like(event.deep_get("operation_detail"), "*: set to Disabled*")
        or like(event.deep_get("operation_detail"), "*: set to No*")
        or like(event.deep_get("operation_detail"), "*: Unlocked*")
        or like(event.deep_get("operation_detail"), "*length: from *")
        or like(event.deep_get("operation_detail"), "*numeric passcode: from Off to On*"))
        and (not like(event.deep_get("detail", "status"), "full")))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom Meeting Passcode Turned Off, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
