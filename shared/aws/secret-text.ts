import * as z from 'zod';
import type { ConnectionSecret } from '../connect/ports.ts';
import { SourceSecretSchema } from '../model/source-secret.ts';
import { GrantSchema } from '../zoom/authorized-grant.ts';
import { parseJson } from '../model/json-text.ts';

const StoredGrantSchema = GrantSchema.extend({
  /** Counts the writes: see secret-grants.ts. */
  revision: z.int().min(0).optional(),
});

/** A grant as it is stored. */
export type GrantInSecret = z.output<typeof StoredGrantSchema>;

/** Fields that a later release has added are kept: a rollback to this one loses nothing. */
const StoredSecretSchema = SourceSecretSchema.extend({ grant: StoredGrantSchema.optional() }).loose();

type ParsedSecret =
  | { readonly secret: ConnectionSecret; readonly problem?: never }
  | { readonly secret?: never; readonly problem: string };

/** Reads the text of a secret; one that is empty as `{}`. A problem names the wrong field, never its value. */
export const readSecretText = (text: string): ParsedSecret => {
  if (text.trim() === '') return { secret: {} };
  const json = parseJson(text);
  if (json === undefined) return { problem: 'it is not JSON' };
  const parsed = StoredSecretSchema.safeParse(json);
  if (parsed.success) return { secret: parsed.data };
  const wrong = parsed.error.issues.map(({ path }) => path.join('.') || 'all of it');
  return { problem: `wrong or missing: ${wrong.join(', ')}` };
};
