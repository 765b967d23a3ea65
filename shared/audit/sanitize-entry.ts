import { redact } from '../runtime/redact.ts';
import type { AuditEntry } from './audit-entry.ts';

const MOST_OF_A_NAME = 100;
const MOST_OF_A_TEXT = 1000;

/**
 * An entry that is safe to keep for years: texts on one line, cut to their length, without control characters. As a second
 * line of defence (the first is that no code writes a secret into one), anything that looks like a secret is removed.
 */
export const sanitizeEntry = (entry: AuditEntry): AuditEntry => {
  const { actor, summary, details } = entry;
  return {
    ...entry,
    actor: { ...actor, ...(actor.name !== undefined && { name: clean('', actor.name, MOST_OF_A_NAME) }) },
    summary: clean('', summary, MOST_OF_A_TEXT),
    ...(details && {
      details: Object.fromEntries(
        Object.entries(details).map(([name, value]) => [
          name,
          typeof value === 'string' ? clean(name, value, MOST_OF_A_TEXT) : value,
        ]),
      ),
    }),
  };
};

/** Redacted before it is cut: half a secret is not recognized. */
const clean = (name: string, text: string, most: number): string =>
  String(redact(name, text))
    .slice(0, most)
    .replaceAll(/\s*[\n\r\p{Zl}\p{Zp}]\s*/gu, ' ')
    .replaceAll(/\p{C}/gu, '·') || '-';
