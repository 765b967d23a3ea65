import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { sourcesJsonSchema } from '../../shared/model/sources-json-schema.ts';

const FILE = join(import.meta.dirname, '../../docs/configuration.md');
const MARKED = /<!-- reference:sources -->[\s\S]*<!-- \/reference:sources -->/;

/** What this page shows of JSON Schema draft 7. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** One setting, by its path in sources.json: `sources[].pollMinutes`. */
interface Setting {
  readonly path: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
}

/** The settings of an object and of the objects in it, each after the object that holds it. */
const settingsOf = ({ properties = {}, required = [] }: Schema, prefix = ''): Setting[] =>
  Object.entries(properties)
    .filter(([name]) => name !== '$schema')
    .flatMap(([name, schema]) => {
      const path = `${prefix}${name}`;
      const inner = schema.items?.properties
        ? settingsOf(schema.items, `${path}[].`)
        : settingsOf(schema, `${path}.`);
      return [{ path, schema, isRequired: required.includes(name) }, ...inner];
    });

const TYPES: Readonly<Record<string, string>> = {
  integer: 'whole number',
  number: 'number',
  string: 'text',
  boolean: '`true` or `false`',
  object: 'object',
};

const code = (value: unknown): string => `\`${JSON.stringify(value)}\``;

const range = (from: number, to: number): string =>
  `${from.toLocaleString('en')} to ${to.toLocaleString('en')}`;

/** Type and allowed values: `whole number, 1 to 60`. */
const typeOf = (schema: Schema): string => {
  const { type = '', enum: choices, items, minimum, maximum, exclusiveMinimum, minItems, maxItems } = schema;
  if ('const' in schema) return code(schema.const);
  if (choices) return choices.map(code).join(' or ');
  if (schema.anyOf && type === 'integer') {
    return `whole number: ${schema.anyOf.map((one) => ('const' in one ? code(one.const) : rangeOf(one))).join(' or ')}`;
  }
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  if (items) {
    const count =
      minItems === undefined && maxItems === undefined
        ? ''
        : `, ${minItems ?? 0}${maxItems === undefined ? ' or more' : ` to ${maxItems}`} entries`;
    return `list of ${items.properties ? 'objects' : typeOf(items)}${count}`;
  }
  if (minimum !== undefined && maximum !== undefined)
    return `${TYPES[type] ?? type}, ${range(minimum, maximum)}`;
  if (exclusiveMinimum !== undefined && maximum !== undefined) {
    return `${TYPES[type] ?? type}, above ${exclusiveMinimum}, at most ${maximum}`;
  }
  return TYPES[type] ?? type;
};

const rangeOf = ({ minimum = 0, maximum = 0 }: Schema): string => range(minimum, maximum);

const defaultOf = ({ schema, isRequired }: Setting): string => {
  if (isRequired) return 'Required.';
  return schema.default === undefined ? 'Optional.' : `Default: ${code(schema.default)}.`;
};

const settingToText = (setting: Setting): string => {
  const { path, schema } = setting;
  const head = `- **\`${path}\`**: ${typeOf(schema)}. ${defaultOf(setting)}`;
  return `${head}\n  ${schema.description ?? ''}`;
};

/** The settings of sources.json as Markdown: one list item for each, under the name of the object that holds it. */
export const configurationReference = (schema: Schema = sourcesJsonSchema()): string => {
  const settings = settingsOf(schema);
  const top = settings.filter(({ path }) => !path.includes('.'));
  const nested = Map.groupBy(
    settings.filter(({ path }) => path.includes('.')),
    ({ path }) => path.slice(0, path.indexOf('.')),
  );
  return [
    ['### Top level', ...top.map(settingToText)],
    ...[...nested].map(([group, own]) => [`### \`${group}\``, ...own.map(settingToText)]),
  ]
    .map(([heading, ...items]) => `${heading}\n\n${items.join('\n')}`)
    .join('\n\n');
};

/** The page as it must be. Text outside the marked part is unchanged. */
export const configurationPage = async (): Promise<string> => {
  const text = readFileSync(FILE, 'utf8');
  if (!MARKED.test(text)) throw new RangeError('docs/configuration.md has no part for the reference.');
  const part = `<!-- reference:sources -->\n\n${configurationReference()}\n\n<!-- /reference:sources -->`;
  return format(
    text.replace(MARKED, () => part),
    { ...(await resolveConfig(FILE)), filepath: FILE },
  );
};

/** `npm run reference:configuration` */
if (import.meta.main) writeFileSync(FILE, await configurationPage());
