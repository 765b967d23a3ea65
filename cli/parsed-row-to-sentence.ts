import type { ParsedRow } from '../shared/normalize/index.ts';

/** One line for an event: its subject, and each change with the old and the new value. */
export const parsedRowToSentence = ({ detail, message, clientType, eventType }: ParsedRow): string => {
  const changes = (detail?.changes ?? []).map(({ setting = '', kind, old_value, new_value, text }) => {
    switch (kind) {
      case 'change':
        return `${setting}: ${old_value ?? '(empty)'} → ${new_value ?? '(empty)'}`;
      case 'set':
        return `${setting}: set to ${new_value ?? '(empty)'}`;
      case 'value':
        return `${setting}: ${new_value ?? '(empty)'}`;
      case 'ambiguous':
      case 'text':
        return text ?? setting;
    }
  });
  if (changes.length === 0) return [message ?? eventType, clientType].filter(Boolean).join(' · ');
  const subject = detail?.section ?? [detail?.verb, detail?.target?.name].filter(Boolean).join(' ');
  return `${subject}: ${changes.join('; ')}`;
};
