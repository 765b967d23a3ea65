"""HashiCorp Grove's Zoom connectors under the acceptance kit: one pass of its `grove` command, its code unchanged.

What stands in for what it has no setting for: the addresses of Zoom, which it has as constants, and the clock.
"""

import json
import os
import sys

import requests
import time_machine

NOW = os.environ["ACCEPTANCE_NOW"]
STATE = os.environ["ACCEPTANCE_STATE"]
CONNECTORS = {"operation": "zoom_operationlogs", "activity": "zoom_activities"}
ADDRESSES = {
    "https://api.zoom.us/v2": os.environ["ZOOM_API_URL"],
    "https://zoom.us/oauth": os.environ["ZOOM_OAUTH_URL"],
}

original_request = requests.Session.request


def to_simulator(self, method, url, *args, **kwargs):
    for zoom, simulator in ADDRESSES.items():
        if url.startswith(zoom):
            return original_request(self, method, simulator + url[len(zoom) :], *args, **kwargs)
    raise RuntimeError(f"a request to elsewhere: {url}")


def configure():
    configs = os.path.join(STATE, "configs")
    cache = os.path.join(STATE, "cache")
    for folder in (configs, cache):
        os.makedirs(folder, exist_ok=True)
    for stream in os.environ["ACCEPTANCE_STREAMS"].split():
        document = {
            "name": stream,
            "connector": CONNECTORS[stream],
            "identity": os.environ["ZOOM_ACCOUNT_ID"],
            "client_id": os.environ["ZOOM_CLIENT_ID"],
            "key": os.environ["ZOOM_CLIENT_SECRET"],
        }
        with open(os.path.join(configs, f"{stream}.json"), "w") as file:
            json.dump(document, file)
    os.environ.update(
        GROVE_CONFIG_HANDLER="local_file",
        GROVE_CONFIG_LOCAL_FILE_PATH=configs,
        GROVE_CACHE_HANDLER="local_file",
        GROVE_CACHE_LOCAL_FILE_PATH=cache,
        GROVE_OUTPUT_HANDLER="local_file",
        GROVE_OUTPUT_LOCAL_FILE_PATH=os.environ["ACCEPTANCE_OUTPUT"],
    )


configure()
requests.Session.request = to_simulator
with time_machine.travel(NOW, tick=True):
    from grove.entrypoints.local_process import entrypoint

    sys.exit(entrypoint())
