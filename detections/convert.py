"""Converts every rule of this folder, and prints one JSON object: the query of each rule, by the rule's name.

python convert.py [duckdb | splunk | esql]
"""

import json
import sys
from pathlib import Path

from sigma.backends.elasticsearch import ESQLBackend
from sigma.backends.splunk import SplunkBackend
from sigma.collection import SigmaCollection
from sigma.processing.pipeline import ProcessingPipeline

from duckdb_backend import ZoomDuckDBBackend

HERE = Path(__file__).parent
BACKENDS = {"duckdb": ZoomDuckDBBackend, "splunk": SplunkBackend, "esql": ESQLBackend}


def convert(target: str) -> dict[str, str]:
    pipeline = ProcessingPipeline.from_yaml((HERE / "pipeline.yaml").read_text())
    backend = BACKENDS[target](processing_pipeline=pipeline)
    queries = {}
    for file in sorted(HERE.glob("*.yml")):
        (query,) = backend.convert(SigmaCollection.from_yaml(file.read_text()))
        queries[file.stem] = "\n".join(line.rstrip() for line in query.splitlines())
    return queries


if __name__ == "__main__":
    json.dump(convert(sys.argv[1] if len(sys.argv) > 1 else "duckdb"), sys.stdout)
