import * as z from 'zod';

/** The type of a column, independent of the SQL engine. */
export type ColumnType =
  | 'string'
  /** An instant as text: RFC 3339, UTC, milliseconds. Sorting the texts sorts by time. */
  | 'timestamp-as-string'
  | 'int'
  /** An integer that may need more than 32 bits: epoch milliseconds. */
  | 'long'
  | 'boolean'
  | { readonly array: ColumnType }
  | { readonly struct: Columns };

/** Column names in the order of the record, each with its type. */
export type Columns = Readonly<Record<string, ColumnType>>;

/** The columns of records of a schema. Throws for a schema whose records do not fit a table. */
export const schemaToColumns = (schema: z.ZodType): Columns =>
  propertiesToColumns(z.toJSONSchema(schema) as JsonSchema, 'the record');

/** The subset of JSON Schema that the schemas of our records use. */
interface JsonSchema {
  readonly type?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly anyOf?: readonly JsonSchema[];
}

const propertiesToColumns = ({ properties }: JsonSchema, place: string): Columns => {
  if (!properties) throw new TypeError(`${place} may have any fields, so it is no column of a table`);
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, property]) => !isOpen(property))
      .map(([name, property]) => [name, typeOf(property, `${place}.${name}`)]),
  );
};

/** An object with the row's own fields, which are not known in advance. */
const isOpen = ({ type, properties }: JsonSchema): boolean => type === 'object' && !properties;

const typeOf = (schema: JsonSchema, place: string): ColumnType => {
  if (schema.anyOf) return { struct: mergedColumns(schema.anyOf, place) };
  switch (schema.type) {
    case 'string':
      return schema.format === 'date-time' ? 'timestamp-as-string' : 'string';
    case 'boolean':
      return 'boolean';
    case 'number':
    case 'integer':
      return schema.const === undefined && schema.enum === undefined ? 'long' : 'int';
    case 'array':
      return { array: typeOf(schema.items ?? {}, `${place}[]`) };
    case 'object':
      return { struct: propertiesToColumns(schema, place) };
    case undefined:
    default:
      throw new TypeError(`${place} may be of any type, so it is no column of a table`);
  }
};

/** For a union of records: a column for each field that any of them has. */
const mergedColumns = (schemas: readonly JsonSchema[], place: string): Columns =>
  Object.assign({}, ...schemas.map((schema) => propertiesToColumns(schema, place))) as Columns;
