import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Columns, OPERATION_TABLE } from '../../shared/normalize/tables.ts';

interface Diagnostic {
  readonly Start: number;
  readonly Message: string;
}

/** The parts of Microsoft's language service that analyze a query. Its classes are global, and have the names of .NET. */
interface KustoLanguage {
  readonly Symbols: {
    readonly TableSymbol: { From(columns: string): { WithName(name: string): object } };
    readonly DatabaseSymbol: {
      readonly $ctor3: new (name: string, other: null, tables: object[], isOpen: boolean) => object;
    };
  };
  readonly GlobalState: { readonly Default: { WithDatabase(database: object): object } };
  readonly KustoCode: {
    ParseAndAnalyze(
      query: string,
      globals: object,
    ): { GetDiagnostics(): { readonly Count: number; getItem(index: number): Diagnostic } };
  };
}

// analyze-kql.ts TABLE < QUERIES: reads a JSON object of queries by name, prints a JSON object of their errors by name.

/** The errors of a query, each with its place: of the syntax, and names and types that the table lacks. */
const openAnalyzer = (tableName: string): ((query: string) => string[]) => {
  const load = createRequire(import.meta.url);
  load('@kusto/language-service-next/bridge.min.js');
  load('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  const { Symbols, GlobalState, KustoCode } = (
    globalThis as unknown as { Kusto: { Language: KustoLanguage } }
  ).Kusto.Language;
  const table = Symbols.TableSymbol.From(schemaOf(OPERATION_TABLE.columns)).WithName(tableName);
  const globals = GlobalState.Default.WithDatabase(
    new Symbols.DatabaseSymbol.$ctor3('db', null, [table], false),
  );
  return (query) => {
    const diagnostics = KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
    return Array.from({ length: diagnostics.Count }, (_, index) => {
      const { Start, Message } = diagnostics.getItem(index);
      return `${Start}: ${Message}`;
    });
  };
};

/** The columns of `docs/readers/sentinel.md`: text, and what holds more as `dynamic`. */
const schemaOf = (columns: Columns): string => {
  const typed = Object.entries(columns).map(
    ([name, type]) => `['${name}']: ${typeof type === 'string' ? 'string' : 'dynamic'}`,
  );
  return `(TimeGenerated: datetime, ${typed.join(', ')})`;
};

const STANDARD_INPUT = 0;
const [, , tableName = ''] = process.argv;
const analyze = openAnalyzer(tableName);
const queries = JSON.parse(readFileSync(STANDARD_INPUT, 'utf8')) as Readonly<Record<string, string>>;
process.stdout.write(
  JSON.stringify(Object.fromEntries(Object.entries(queries).map(([name, query]) => [name, analyze(query)]))),
);
