import * as z from 'zod';
import { FlatEventSchema, MAPPING_VERSION, OcsfEventSchema, SCHEMA_VERSION } from '../normalize/index.ts';
import { FLAT_FIELD_NOTES, type FieldNote, OCSF_FIELD_NOTES } from './field-notes.ts';

/** What this project uses of JSON Schema. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly type?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly description?: string;
}

/** One field of a record. */
export interface Field {
  /** `detail.changes[].setting` */
  readonly path: string;
  /** The schemas of its values: more than one if the object around it has several forms. */
  readonly schemas: readonly JsonSchema[];
}

/** The JSON Schema (2020-12) of a flat line of the logs. */
export const flatJsonSchema = (): JsonSchema => ({
  ...jsonSchemaOf(FlatEventSchema, FLAT_FIELD_NOTES),
  title: 'A flat line of the operation log or the sign in / sign out log of Zoom',
  description: `schema_version ${SCHEMA_VERSION}, mapping_version ${MAPPING_VERSION}. The fields of Zoom's row stand beside these.`,
});

/** The JSON Schema (2020-12) of an OCSF event: a subset of OCSF's own schemas, without the rules of single classes. */
export const ocsfJsonSchema = (): JsonSchema => ({
  ...jsonSchemaOf(OcsfEventSchema, OCSF_FIELD_NOTES),
  title: 'An OCSF event of the operation log or the sign in / sign out log of Zoom',
  description: `mapping_version ${MAPPING_VERSION}. OCSF's own schemas say which attributes each class has.`,
});

/** All fields of a record, each after the object that holds it. */
export const fieldsOf = (schema: JsonSchema): Field[] => {
  const schemas = new Map<string, JsonSchema[]>();
  visit(schema, '', (path, found) => {
    const known = schemas.get(path);
    if (known) known.push(found);
    else schemas.set(path, [found]);
  });
  return [...schemas].map(([path, found]) => ({ path, schemas: found }));
};

const jsonSchemaOf = (schema: z.ZodType, notes: Readonly<Record<string, FieldNote>>): JsonSchema =>
  withDescriptions(z.toJSONSchema(schema) as JsonSchema, '', notes);

const visit = (
  schema: JsonSchema,
  prefix: string,
  found: (path: string, schema: JsonSchema) => void,
): void => {
  for (const form of schema.anyOf ?? [schema]) {
    for (const [name, property] of Object.entries(form.properties ?? {})) {
      const path = `${prefix}${name}`;
      found(path, property);
      visit(property.items ?? property, property.items ? `${path}[].` : `${path}.`, found);
    }
  }
};

/** The schema with the definition of each field. */
const withDescriptions = (
  schema: JsonSchema,
  prefix: string,
  notes: Readonly<Record<string, FieldNote>>,
): JsonSchema => ({
  ...schema,
  ...(schema.anyOf && { anyOf: schema.anyOf.map((form) => withDescriptions(form, prefix, notes)) }),
  ...(schema.items && { items: withDescriptions(schema.items, `${prefix.slice(0, -1)}[].`, notes) }),
  ...(schema.properties && {
    properties: Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => {
        const path = `${prefix}${name}`;
        const description = notes[path]?.definition;
        return [
          name,
          {
            ...(description !== undefined && { description }),
            ...withDescriptions(property, `${path}.`, notes),
          },
        ];
      }),
    ),
  }),
});
