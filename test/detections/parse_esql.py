"""Parses queries of ES|QL with Elastic's grammar, as the package esql-parser has it.

python parse_esql.py < QUERIES   reads a JSON object of queries by name, prints a JSON object of their syntax errors by name
"""

import json
import sys

from antlr4 import CommonTokenStream, InputStream
from antlr4.atn.PredictionMode import PredictionMode
from antlr4.error.ErrorListener import ErrorListener
from esql_parser.EsqlBaseLexer import EsqlBaseLexer
from esql_parser.EsqlBaseParser import EsqlBaseParser


class Errors(ErrorListener):
    def __init__(self):
        self.found = []

    def syntaxError(self, recognizer, symbol, line, column, message, error):
        self.found.append(f"{line}:{column} {message}")


def errors_of(query: str) -> list[str]:
    errors = Errors()
    lexer = EsqlBaseLexer(InputStream(query))
    parser = EsqlBaseParser(CommonTokenStream(lexer))
    for recognizer in (lexer, parser):
        recognizer.removeErrorListeners()
        recognizer.addErrorListener(errors)
    # The faster of the two modes: it refuses nothing that the other one accepts of this grammar.
    parser._interp.predictionMode = PredictionMode.SLL
    parser.singleStatement()
    return errors.found


json.dump({name: errors_of(query) for name, query in json.load(sys.stdin).items()}, sys.stdout)
