"""Converts every rule of this folder for every engine, and prints one JSON object: the text of each file, by its path in here.

python convert.py [sql | splunk | elastic | kql | panther]...

A rule that an engine cannot express has no file there.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from sigma.collection import SigmaCollection
from sigma.exceptions import SigmaFeatureNotSupportedByBackendError
from sigma.processing.pipeline import ProcessingPipeline

from duckdb_backend import ZoomDuckDBBackend
from esql_backend import ZoomESQLBackend
from kql_backend import ZoomKustoBackend
from panther_backend import ZoomPantherBackend, to_metadata, to_python
from splunk_backend import ZoomSplunkBackend

HERE = Path(__file__).parent


def _to_sql(name, rule, query):
    header = f"-- title: {rule['title']}\n-- level: {rule['level']}\n-- Made from {name}.yml by: npm run detections\n"
    yield f"{name}.sql", f"{header}{query};\n"


def _to_spl(name, rule, query):
    yield f"{name}.spl", f"{query}\n"


def _to_commented(extension):
    def to_file(name, rule, query):
        header = f"// {rule['title']} ({rule['level']})\n// Made from {name}.yml by: npm run detections\n"
        yield f"{name}.{extension}", f"{header}{query}\n"

    return to_file


def _to_panther(name, rule, query):
    yield f"{name}.py", to_python(rule["title"], query)
    yield f"{name}.yml", to_metadata(rule, f"{name}.py")


ENGINES = {
    "sql": (ZoomDuckDBBackend, _to_sql),
    "splunk": (ZoomSplunkBackend, _to_spl),
    "elastic": (ZoomESQLBackend, _to_commented("esql")),
    "kql": (ZoomKustoBackend, _to_commented("kql")),
    "panther": (ZoomPantherBackend, _to_panther),
}


def convert(engine: str) -> Iterator[tuple[str, str]]:
    """The files of an engine: path and text."""
    make_backend, to_files = ENGINES[engine]
    for file in sorted(HERE.glob("*.yml")):
        # A rule remembers what it was converted to, so each engine reads it for itself.
        source = file.read_text()
        collection = SigmaCollection.from_yaml(source)
        pipeline = ProcessingPipeline.from_yaml((HERE / "pipeline.yaml").read_text())
        try:
            (query,) = make_backend(processing_pipeline=pipeline).convert(collection)
        except (NotImplementedError, SigmaFeatureNotSupportedByBackendError):
            continue
        text = "\n".join(line.rstrip() for line in query.splitlines())
        rule = next(yaml.safe_load_all(source))
        for name, content in to_files(file.stem, rule, text):
            yield f"{engine}/{name}", content


if __name__ == "__main__":
    engines = sys.argv[1:] or list(ENGINES)
    json.dump({path: text for engine in engines for path, text in convert(engine)}, sys.stdout)
