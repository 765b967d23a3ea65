import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readBuiltInQueries } from '../../shared/app/query.ts';
import type { SimulatedRow } from '../../simulator/index.ts';
import { runQuery, deliverDemo, type DemoArchive } from '../support/fixtures/demo-archive.ts';

/** A line of the table in docs/finding-events.md. */
interface Kind {
  readonly event: string;
  readonly question: string;
  /** SQL, or nothing. */
  readonly narrowed: string;
  readonly classes: readonly number[];
}

const kinds: Kind[] = readFileSync(join(import.meta.dirname, '../../docs/finding-events.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:-+|event) /.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
  .map(([, event = '', question = '', narrowed = '', classes = '']) => ({
    event,
    question,
    narrowed,
    classes: classes.split(',').map(Number),
  }));

type Fields = Readonly<Record<string, string | undefined>>;

const SSO = /^(?:Single Sign-On|SAML Response Mapping) /;

/** The company's rows of an unambiguous kind, by their own texts. */
const OF_A_KIND: Readonly<Record<string, (row: Fields) => boolean>> = {
  'account settings changed': ({ category_type = '', operation_detail = '' }) =>
    ['Account', 'Sub Account'].includes(category_type) && !SSO.test(operation_detail),
  'group settings changed': ({ category_type, action, operation_detail = '' }) =>
    category_type === 'User Group' && action === 'Update' && operation_detail.startsWith('Edit Group '),
  'role assigned or taken': ({ category_type, operation_detail = '' }) =>
    operation_detail.startsWith('Change Role  - ') ||
    (category_type === 'User' && /^(?:Edit|Update) User \S+ {2}- User Role: /.test(operation_detail)),
  'role defined, edited or deleted': ({ category_type }) => category_type === 'Role',
  'license assigned or taken': ({ category_type, operation_detail = '' }) =>
    category_type === 'User' && /^Assign License | {2}- (?:License|User Type): /.test(operation_detail),
  'billing changed': ({ category_type }) => category_type === 'Billing',
  'SSO or SAML changed by a person': ({ category_type, operator = '', operation_detail = '' }) =>
    category_type === 'Account' && operator !== '' && SSO.test(operation_detail),
  'changed by the SSO and SAML mapping': ({ operator = '', action = '' }) =>
    operator.startsWith('SSO') || action.startsWith('SAML'),
  'signed in': ({ type }) => type === 'Sign in',
  'signed out': ({ type }) => type === 'Sign out',
};

const rowsOfKind = ({ event }: Kind, rows: readonly SimulatedRow[]): string[] =>
  rows
    .map(({ row }) => row as Fields)
    .filter((row) => OF_A_KIND[event]?.(row))
    .map((row) => JSON.stringify(row))
    .sort();

/** The detections named in the last column of the table. */
const detections = readFileSync(join(import.meta.dirname, '../../docs/finding-events.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:-+|event) /.test(line))
  .flatMap((line) =>
    [...(line.split('|')[5] ?? '').matchAll(/`([a-z0-9-]+)`/g)].map(([, name = '']) => name),
  );

describe('the table of how to find events', () => {
  it('names detections that there are', () => {
    const files = readdirSync(join(import.meta.dirname, '../../detections'));
    const missing = detections.filter((name) => !files.some((file) => file.startsWith(`${name}.`)));

    expect(detections.length).toBeGreaterThan(10);
    expect(missing).toEqual([]);
  });

  let demo: DemoArchive;
  beforeAll(async () => {
    demo = await deliverDemo();
  });

  it('has every kind of event that there is to find, each with a question that is ready', () => {
    const names = readBuiltInQueries().map(({ name }) => name);

    expect(kinds.map(({ event }) => event)).toEqual(Object.keys(OF_A_KIND));
    expect(kinds.filter(({ question }) => !names.includes(question))).toEqual([]);
  });

  it.each(kinds)('$event: $question finds exactly these, in the documented classes', async (kind) => {
    const { question, narrowed, classes } = kind;
    const sql = readBuiltInQueries().find(({ name }) => name === question)?.sql ?? '';

    const found = await runQuery(
      demo.out,
      `SELECT DISTINCT o.raw_data, o.class_uid, o.metadata.uid AS event_id FROM zoom_ocsf o
       WHERE o.metadata.uid IN (SELECT event_id FROM (${sql}) ${narrowed === '' ? '' : `WHERE ${narrowed}`})`,
    );

    const expected = rowsOfKind(kind, demo.rows);
    const raw = found.map(({ raw_data }) => raw_data as string).sort();
    expect(expected.length).toBeGreaterThan(0);
    expect(raw).toEqual(expected);
    expect([...new Set(found.map(({ class_uid }) => class_uid))].sort()).toEqual([...classes].sort());
  });
});
