import { fieldsOf } from '../../model/raw-row.ts';
import { wellFormed } from '../../model/well-formed.ts';
import { envelopeOnTop, type Format, isEnvelopeField, MAPPING_VERSION } from '../../normalize/index.ts';
import { parseEventLine } from '../event-line.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A line of another mapping than this release's, compared with the line that this release makes from the same row. */
export interface OtherMappingLine {
  readonly mapping: number;
  /** The line that this release makes. */
  readonly expected: string;
  readonly id: string;
  /** The ids, times and fields of the row in which it differs. None for a newer mapping, which is unknown here. */
  readonly departures: readonly string[];
}

/**
 * Finds the stored lines that another mapping made, by their place. Each mapping classifies rows differently; the event's ids and
 * times, and the row's own fields, are the same in every mapping.
 */
export const otherMappingLines = (
  format: Format,
  expected: readonly string[],
  stored: readonly string[],
): Map<number, OtherMappingLine> => {
  const known = new Set(expected);
  const byId = new Map<unknown, string>();
  const found = new Map<number, OtherMappingLine>();
  stored.forEach((line, index) => {
    if (known.has(line)) return;
    const event = fieldsOf(parseEventLine(line)?.value);
    const mapping = event && mappingOf(format, event);
    if (!event || mapping === undefined || mapping === MAPPING_VERSION) return;
    if (byId.size === 0) for (const each of expected) byId.set(idOf(format, fieldsIn(each)), each);
    const id = idOf(format, event);
    const should = byId.get(id);
    if (typeof id !== 'string' || should === undefined) return;
    const departures = isNewer(mapping) ? [] : DEPARTURES[format](fieldsIn(should), wellFormed(event));
    found.set(index, { mapping, expected: should, id, departures });
  });
  return found;
};

/** Whether only a newer release can check the lines of a mapping. */
export const isNewer = (mapping: number): boolean => mapping > MAPPING_VERSION;

const fieldsIn = (line: string): Fields => fieldsOf(parseEventLine(line)?.value) ?? {};

/** The mapping version in a line: lines of version 1 have none. Undefined for an invalid version. */
const mappingOf = (format: Format, event: Fields): number | undefined => {
  const fields = format === 'flat' ? event : (fieldsOf(event['unmapped']) ?? {});
  const { mapping_version: named = 1 } = fields;
  return typeof named === 'number' && Number.isInteger(named) && named > 0 ? named : undefined;
};

const idOf = (format: Format, event: Fields): unknown =>
  format === 'flat' ? envelopeOnTop(event)['event_id'] : fieldsOf(event['metadata'])?.['uid'];

/** The fields of the envelope that do not depend on the mapping. */
const FLAT_FACTS = ['event_time', 'ingest_time', 'stream', 'log_type', 'account_id'] as const;

const flatDepartures = (should: Fields, is: Fields): string[] => {
  const ours = envelopeOnTop(is);
  const quarantined = fieldsOf(is['_row']) ?? {};
  const row = new Map(Object.entries(ownFields(should)));
  const valueOf = (name: string): unknown =>
    Object.hasOwn(quarantined, name) ? quarantined[name] : is[name];
  const added = [...Object.keys(quarantined), ...Object.keys(is).filter((name) => !isOurs(name))];
  return [
    ...FLAT_FACTS.filter((name) => ours[name] !== should[name]),
    ...[...row].filter(([name, value]) => !isSame(valueOf(name), value)).map(([name]) => name),
    ...added.filter((name) => !row.has(name)),
  ];
};

const isOurs = (name: string): boolean => isEnvelopeField(name) || name === '_row' || name === '_connector';

/** The row's own fields in a line of this release. */
const ownFields = (line: Fields): Fields => ({
  ...Object.fromEntries(Object.entries(line).filter(([name]) => !isOurs(name))),
  ...fieldsOf(line['_row']),
});

const OCSF_FACTS = ['time', 'time_dt'] as const;
const METADATA_FACTS = ['tenant_uid', 'original_time', 'logged_time'] as const;

const ocsfDepartures = (should: Fields, is: Fields): string[] => {
  const [shouldSay, says] = [fieldsOf(should['metadata']) ?? {}, fieldsOf(is['metadata']) ?? {}];
  return [
    ...OCSF_FACTS.filter((name) => is[name] !== should[name]),
    ...METADATA_FACTS.filter((name) => says[name] !== shouldSay[name]).map((name) => `metadata.${name}`),
    ...(isSame(rowIn(is), rowIn(should)) ? [] : ['raw_data']),
  ];
};

/** The row in an OCSF event: in `unmapped` if it is longer than OCSF 1.1.0 allows. */
const rowIn = (event: Fields): unknown => {
  const text = event['raw_data'] ?? fieldsOf(event['unmapped'])?.['raw_data'];
  return typeof text === 'string' ? wellFormed(parseEventLine(text)?.value) : undefined;
};

const DEPARTURES = { flat: flatDepartures, ocsf: ocsfDepartures } as const;

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
