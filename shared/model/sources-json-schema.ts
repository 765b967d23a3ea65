import * as z from 'zod';
import { SourcesFileSchema } from './sources-file.ts';

/** The JSON Schema of a sources file as an operator writes it, for editors. Fields with a default are optional. */
export const sourcesJsonSchema = (): object =>
  z.toJSONSchema(SourcesFileSchema, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      // The range of an integer without explicit limits.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
