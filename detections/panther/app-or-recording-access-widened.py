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
        (has(event.get("weakened"), "recording_access")
        or has(event.get("weakened"), "app_approval"))
        or (has(event.get("unlocked"), "recording_access")
        or has(event.get("unlocked"), "app_approval"))
        or ((like(event.deep_get("category_type"), "*Account*")
        or like(event.deep_get("category_type"), "*Group*")
        or like(event.deep_get("category_type"), "*Recording*")
        or like(event.deep_get("category_type"), "*Marketplace*")
        or like(event.deep_get("category_type"), "*App*"))
        and (not like(event.deep_get("detail", "status"), "full"))
        and ((like(event.deep_get("operation_detail"), "*Record*")
        and ((like(event.deep_get("operation_detail"), "*download*: from Off to On*")
        or like(event.deep_get("operation_detail"), "*shar*: from Off to On*")
        or like(event.deep_get("operation_detail"), "*public*: from Off to On*")
        or like(event.deep_get("operation_detail"), "*anyone*: from Off to On*")
        or like(event.deep_get("operation_detail"), "* to Public*")
        or like(event.deep_get("operation_detail"), "* to Anyone*")
        or like(event.deep_get("operation_detail"), "* to Everyone*")
        or like(event.deep_get("operation_detail"), "*: Anyone*")
        or like(event.deep_get("operation_detail"), "*: Everyone*")
        or like(event.deep_get("operation_detail"), "*: Public*"))
        or (like(event.deep_get("operation_detail"), "*passcode*: from On to Off*")
        or like(event.deep_get("operation_detail"), "*passcode*: set to Off*")
        or like(event.deep_get("operation_detail"), "*authenticat*: from On to Off*")
        or like(event.deep_get("operation_detail"), "*authenticat*: set to Off*")
        or like(event.deep_get("operation_detail"), "*only*: from On to Off*"))))
        or (like(event.deep_get("operation_detail"), "*approv*: from On to Off*")
        or like(event.deep_get("operation_detail"), "*approv*: from Enabled to Disabled*")
        or like(event.deep_get("operation_detail"), "*approv*: from Locked to Unlocked*")
        or like(event.deep_get("operation_detail"), "*approv*: set to Off*"))))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom App or Recording Access Widened, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
