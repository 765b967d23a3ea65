import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import * as z from 'zod';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { linesUnder } from '../support/delivered.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { never } from '../support/zoom.ts';
import { collectInto, type Lake, openLake } from './delivered.ts';
import { describeWithPython } from './describe-with-python.ts';
import { queryOf } from './detection-files.ts';
import { PANTHER_REQUIREMENTS, runPanther } from './panther.ts';
import { readScenarios } from './samples.ts';

const SOURCES = ['theirs', 'ours'];
const NIGHT = new Date('2026-11-18T23:59:59Z');
const NOON = new Date('2026-11-18T12:00:00Z').getTime();

/** Panther's rules, and what we have in their place. */
const EQUALS: Readonly<Record<string, string>> = {
  ZoomAllMeetingsSecuredWithOneOptionDisabled: 'meeting-security-option-off',
  ZoomAutomaticSignOutDisabled: 'automatic-sign-out-off',
  ZoomNewMeetingPasscodeRequiredDisabled: 'passcode-off',
  ZoomPasscodeDisabled: 'passcode-off',
  ZoomSignInMethodModified: 'sign-in-method-added',
  ZoomSignInRequirementsChanged: 'sign-in-requirements-weakened',
  ZoomTwoFactorAuthenticationDisabled: 'two-factor-off',
  ZoomUserPromotedtoPrivilegedRole: 'promotion-to-privileged-role',
};
const OURS = [...new Set(Object.values(EQUALS))];

const TestEventsSchema = z.array(
  z.object({
    rule: z.string(),
    name: z.string(),
    expected: z.boolean(),
    log: z.record(z.string(), z.unknown()),
  }),
);
const FiredSchema = z.array(z.object({ rule: z.string(), event_id: z.string() }));
type Line = Readonly<Record<string, unknown>>;

describeWithPython(
  "Panther's own rules",
  { requirements: PANTHER_REQUIREMENTS, release: '3.11' },
  (python) => {
    let tests: z.infer<typeof TestEventsSchema>;
    let lines: Line[];
    let fired: z.infer<typeof FiredSchema>;
    let lake: Lake;

    beforeAll(async () => {
      // Its events come from other days, of which Zoom would know no more; no rule reads the time.
      tests = TestEventsSchema.parse(runPanther(python(), 'events'));
      const theirs = tests.map(({ log }, index) => ({ ...log, time: timeOf(index) }));
      const ours = readScenarios(OURS).flatMap(({ rows }) => rows.map(({ row }) => row));
      const folder = join(temporaryFolder(), 'out');
      const accounts = [theirs, ours].map((rows, index) => ({
        source: SOURCES[index] ?? '',
        rows: rows.map((row) => ({ stream: 'operation' as const, row })),
      }));
      await collectInto(folder, NIGHT, accounts, never);
      lines = (await linesUnder(await FolderStore.openExisting(folder), 'flat/operation/')) as Line[];
      fired = FiredSchema.parse(runPanther(python(), 'run', lines));
      lake = await openLake(folder, ['operation']);
    });
    afterAll(() => lake.close());

    const timeOf = (index: number): string => new Date(NOON + index * 1000).toISOString().replace('.000', '');

    it('are the eight that we know, each with tests of its own', () => {
      expect([...new Set(tests.map(({ rule }) => rule))].sort()).toEqual(Object.keys(EQUALS).sort());
    });

    it('judge the events of their own tests as their authors expect, when we have delivered them', () => {
      const idByTime = new Map(lines.map((line) => [line['time'], line['event_id']]));

      const assessed = tests.map(({ rule, name }, index) => {
        const id = idByTime.get(timeOf(index));
        return { rule, name, fires: fired.some((hit) => hit.rule === rule && hit.event_id === id) };
      });

      expect(assessed).toEqual(tests.map(({ rule, name, expected }) => ({ rule, name, fires: expected })));
    });

    it.each(Object.entries(EQUALS))('%s fires on nothing that %s misses', async (rule, detection) => {
      const theirs = fired.filter((hit) => hit.rule === rule).map((hit) => hit.event_id);
      const ours: unknown[] = [];
      for (const source of SOURCES) {
        const found = await lake.query(source, queryOf(detection));
        ours.push(...found.map((row) => row['event_id']));
      }

      expect(theirs.length).toBeGreaterThanOrEqual(2);
      expect(ours).toEqual(expect.arrayContaining(theirs));
    });
  },
);
