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
        (has(event.get("weakened"), "other")
        or has(event.get("weakened"), "chat")
        or has(event.get("weakened"), "remote_control"))
        or (has(event.get("unlocked"), "other")
        or has(event.get("unlocked"), "chat")
        or has(event.get("unlocked"), "remote_control"))
        or (any((like(change.get("setting"), "*before host*")
        or like(change.get("setting"), "*before the host*")
        or like(change.get("setting"), "*rejoin*"))
        and (like(change.get("direction"), "weakened")
        or like(change.get("direction"), "unlocked")) for change in changes_of(event)))
        or ((like(event.deep_get("category_type"), "*Account*")
        or like(event.deep_get("category_type"), "*Group*")
        or like(event.deep_get("category_type"), "*Security*")
        or like(event.deep_get("category_type"), "*Settings*")
        or like(event.deep_get("category_type"), "*Sign-in*")
        or like(event.deep_get("category_type"), "*Role*"))
        and (not like(event.deep_get("detail", "status"), "full"))
        and (((like(event.deep_get("operation_detail"), "*authenticated users*")
        or like(event.deep_get("operation_detail"), "*Identify guest*")
        or like(event.deep_get("operation_detail"), "*watermark*")
        or like(event.deep_get("operation_detail"), "*Only allow specified*")
        or like(event.deep_get("operation_detail"), "*Prevent participants*"))
        and (like(event.deep_get("operation_detail"), "* from On to Off*")
        or like(event.deep_get("operation_detail"), "* from Enabled to Disabled*")
        or like(event.deep_get("operation_detail"), "* from Yes to No*")
        or like(event.deep_get("operation_detail"), "* from True to False*")
        or like(event.deep_get("operation_detail"), "* from Locked to Unlocked*")
        or like(event.deep_get("operation_detail"), "*: set to Off*")
        or like(event.deep_get("operation_detail"), "*: set to Disabled*")
        or like(event.deep_get("operation_detail"), "*: set to No*")
        or like(event.deep_get("operation_detail"), "*: Unlocked*")))
        or ((like(event.deep_get("operation_detail"), "*Remote control*")
        or like(event.deep_get("operation_detail"), "*Remote support*")
        or like(event.deep_get("operation_detail"), "*camera control*")
        or like(event.deep_get("operation_detail"), "*Screen sharing*")
        or like(event.deep_get("operation_detail"), "*Who can share*")
        or like(event.deep_get("operation_detail"), "*before host*")
        or like(event.deep_get("operation_detail"), "*before the host*")
        or like(event.deep_get("operation_detail"), "*rejoin*")
        or like(event.deep_get("operation_detail"), "*File transfer*")
        or like(event.deep_get("operation_detail"), "*streaming*"))
        and (like(event.deep_get("operation_detail"), "* from Off to On*")
        or like(event.deep_get("operation_detail"), "* from Disabled to Enabled*")
        or like(event.deep_get("operation_detail"), "* from No to Yes*")
        or like(event.deep_get("operation_detail"), "* from False to True*")
        or like(event.deep_get("operation_detail"), "* from Locked to Unlocked*")
        or like(event.deep_get("operation_detail"), "*: set to On*")
        or like(event.deep_get("operation_detail"), "*: set to Enabled*")
        or like(event.deep_get("operation_detail"), "*: set to Yes*")
        or like(event.deep_get("operation_detail"), "* to All *")
        or like(event.deep_get("operation_detail"), "* to Everyone*")))))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom Meeting Protection Weakened, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
