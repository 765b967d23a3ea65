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
        (has(event.get("weakened"), "mfa")
        or has(event.get("weakened"), "sso")
        or has(event.get("weakened"), "sign_in_method")
        or has(event.get("weakened"), "password")
        or has(event.get("weakened"), "session")
        or has(event.get("weakened"), "passcode")
        or has(event.get("weakened"), "waiting_room")
        or has(event.get("weakened"), "encryption")
        or has(event.get("weakened"), "recording_access")
        or has(event.get("weakened"), "retention")
        or has(event.get("weakened"), "app_approval")
        or has(event.get("weakened"), "remote_control")
        or has(event.get("weakened"), "chat")
        or has(event.get("weakened"), "network")
        or has(event.get("weakened"), "domain")
        or has(event.get("weakened"), "audit")
        or has(event.get("weakened"), "other"))
        or (has(event.get("unlocked"), "mfa")
        or has(event.get("unlocked"), "sso")
        or has(event.get("unlocked"), "sign_in_method")
        or has(event.get("unlocked"), "password")
        or has(event.get("unlocked"), "session")
        or has(event.get("unlocked"), "passcode")
        or has(event.get("unlocked"), "waiting_room")
        or has(event.get("unlocked"), "encryption")
        or has(event.get("unlocked"), "recording_access")
        or has(event.get("unlocked"), "retention")
        or has(event.get("unlocked"), "app_approval")
        or has(event.get("unlocked"), "remote_control")
        or has(event.get("unlocked"), "chat")
        or has(event.get("unlocked"), "network")
        or has(event.get("unlocked"), "domain")
        or has(event.get("unlocked"), "audit")
        or has(event.get("unlocked"), "other"))
    )


def title(event):
    operator = event.get("actor_email") or event.get("actor_name") or "unknown"
    return f"Zoom Settings Weakened in Series, by {operator}"


def dedup(event):
    return event.get("actor_email") or event.get("actor_name") or event.get("event_id")
