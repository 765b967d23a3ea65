/** A value of a template in a readable form: `<EventsBucket.Arn>/raw/*` for a join of references, without CDK's hashes. */
export const readable = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  const entries: [string, unknown][] = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only) {
    const [name, argument] = only;
    if (name === 'Ref') return `<${nameOf(String(argument))}>`;
    if (name === 'Fn::GetAtt') return `<${(argument as string[]).map(nameOf).join('.')}>`;
    if (name === 'Fn::Join') {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map((part) => asText(readable(part))).join(separator);
    }
    if (name === 'Fn::Select') return `<one of ${asText(readable((argument as unknown[])[1]))}>`;
    if (name === 'Fn::Split') return asText(readable((argument as unknown[])[1]));
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, readable(inner)]));
};

const nameOf = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
