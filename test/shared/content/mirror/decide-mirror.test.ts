import { describe, expect, it } from '@jest/globals';
import { decideMirror, type MirrorSubject } from '../../../../shared/content/mirror/decide-mirror.ts';
import type { ResolvedHold } from '../../../../shared/content/mirror/hold-people.ts';
import type { MirrorItem } from '../../../../shared/content/mirror/mirror-item.ts';
import type { Day } from '../../../../shared/model/day.ts';
import { DAY_MS, HOUR_MS } from '../../../../shared/model/duration.ts';
import { aContentSlice } from '../../../support/builders/content.ts';
import { fileOfRow } from '../../../../shared/content/recording-rows.ts';
import { aFileRow } from '../../../support/builders/content.ts';

const LEFT = new Date('2026-10-01T12:00:00.000Z');
const after = (ms: number): Date => new Date(LEFT.getTime() + ms);
const GRACE = 30 * DAY_MS;
const RULES = { graceDays: 30, brakePercent: 5, brakeItems: 200 };

interface Left {
  readonly at?: Date;
  readonly day?: string;
  readonly people?: readonly string[] | undefined;
  readonly departure?: number;
}

/** A file that left Zoom. */
const left = (id: string, change: Left = {}): MirrorItem => {
  const { at = LEFT, day = '2026-09-01', departure = 1 } = change;
  const file = fileOfRow(aFileRow(day, id));
  if (!file) throw new Error('the row has no file');
  const { item, version } = file;
  const zoom = { uuid: file.uuid, file_type: file.fileType };
  return {
    slice: aContentSlice(day),
    file,
    gone: {
      state: 'gone',
      at: at.toISOString(),
      item,
      version,
      zoom,
      ordinal: departure,
      evidence: { kind: 'trash' },
    },
    departure,
    hidden: undefined,
    timesHidden: 0,
    people: 'people' in change ? change.people : ['host', 'ann@example.com'],
  };
};

/** The same, hidden by a mirror. */
const hiddenAt = (item: MirrorItem, at: Date, departure = item.departure): MirrorItem => ({
  ...item,
  hidden: {
    state: 'hidden',
    at: at.toISOString(),
    item: item.file.item,
    version: item.file.version,
    zoom: { uuid: '', file_type: '' },
    ordinal: item.timesHidden + 1,
    gone: departure,
    grace_days: 30,
  },
  timesHidden: item.timesHidden + 1,
});

const aHold = (change: Partial<ResolvedHold> = {}): ResolvedHold => ({
  form: 1,
  name: 'matter-7',
  at: LEFT.toISOString(),
  by: 'ines',
  people: ['ann@example.com'],
  names: new Set(['ann@example.com']),
  ...change,
});

const decide = (items: readonly MirrorItem[], now: Date, change: Partial<MirrorSubject> = {}) => {
  const subject: MirrorSubject = {
    mode: 'mirror',
    items,
    files: 10_000,
    holds: [],
    released: new Set(),
    rules: RULES,
    ...change,
  };
  const { hide, show, waiting, kept, hidden, brake } = decideMirror(subject, now);
  const id = (item: MirrorItem): string => item.file.fileId ?? '';
  return {
    hide: hide.map(id),
    show: show.map(({ item, because, hold }) => [id(item), because, ...(hold === undefined ? [] : [hold])]),
    waiting: waiting.map(({ item, until }) => [id(item), until.toISOString()]),
    kept: kept.map(({ item, hold }) => [id(item), hold]),
    hidden: hidden.map(id),
    brake: brake && { items: brake.items.map(id), total: brake.total },
  };
};

const NOTHING = { hide: [], show: [], waiting: [], kept: [], hidden: [], brake: undefined };

const many = (count: number, change: Left = {}): MirrorItem[] =>
  Array.from({ length: count }, (_, index) => left(`f${index}`, change));

describe('the decision of a mirror', () => {
  it('hides a file at the end of its grace, and not a moment before', () => {
    const file = left('f1');

    expect(decide([file], after(GRACE - 1))).toEqual({
      ...NOTHING,
      waiting: [['f1', after(GRACE).toISOString()]],
    });
    expect(decide([file], after(GRACE))).toEqual({ ...NOTHING, hide: ['f1'] });
  });

  it('obeys a grace of no days', () => {
    expect(decide([left('f1')], LEFT, { rules: { ...RULES, graceDays: 0 } }).hide).toEqual(['f1']);
  });

  it('leaves what is hidden as it is', () => {
    const file = hiddenAt(left('f1'), after(GRACE));

    expect(decide([file], after(GRACE + DAY_MS))).toEqual({ ...NOTHING, hidden: ['f1'] });
  });

  it('shows a file that is back, and hides it again only after a grace of its own', () => {
    const back = { ...hiddenAt(left('f1'), after(GRACE)), gone: undefined };
    const again = hiddenAt(left('f1', { at: after(40 * DAY_MS), departure: 2 }), after(GRACE), 1);

    expect(decide([back], after(40 * DAY_MS))).toEqual({ ...NOTHING, show: [['f1', 'back']] });
    expect(decide([again], after(41 * DAY_MS))).toEqual({
      ...NOTHING,
      show: [['f1', 'back']],
      waiting: [['f1', after(70 * DAY_MS).toISOString()]],
    });
    expect(decide([again], after(70 * DAY_MS)).hide).toEqual(['f1']);
  });

  it('shows everything of an archive, and hides nothing', () => {
    const files = [hiddenAt(left('f1'), after(GRACE)), left('f2')];

    expect(decide(files, after(90 * DAY_MS), { mode: 'archive' })).toEqual({
      ...NOTHING,
      show: [['f1', 'mode']],
    });
  });
});

describe('a hold', () => {
  it('keeps the files of its people in view, shows them again, and is named', () => {
    const files = [left('f1'), hiddenAt(left('f2'), after(GRACE)), left('f3', { people: ['host-2'] })];

    expect(decide(files, after(GRACE + DAY_MS), { holds: [aHold()] })).toEqual({
      ...NOTHING,
      hide: ['f3'],
      show: [['f2', 'hold', 'matter-7']],
      kept: [
        ['f1', 'matter-7'],
        ['f2', 'matter-7'],
      ],
    });
  });

  it.each([
    ['the day before it begins', { from: '2026-09-02' as Day }, false],
    ['its first and last day', { from: '2026-09-01' as Day, to: '2026-09-01' as Day }, true],
    ['the day after it ends', { to: '2026-08-31' as Day }, false],
  ])('of some days: %s', (_, range, keeps) => {
    const { kept, hide } = decide([left('f1')], after(GRACE), { holds: [aHold(range)] });

    expect([kept.length, hide.length]).toEqual(keeps ? [1, 0] : [0, 1]);
  });

  it('of all people keeps everything', () => {
    expect(decide([left('f1')], after(GRACE), { holds: [aHold({ names: 'all' })] }).hide).toEqual([]);
  });

  it('keeps a file whose host no list of people has: it may be of one of its people', () => {
    expect(decide([left('f1', { people: undefined })], after(GRACE), { holds: [aHold()] }).kept).toEqual([
      ['f1', 'matter-7'],
    ]);
  });

  it('is named once: the first by name', () => {
    const holds = [aHold({ name: 'z' }), aHold({ name: 'a' })];

    expect(decide([left('f1')], after(GRACE), { holds }).kept).toEqual([['f1', 'a']]);
  });
});

describe('the brake', () => {
  it.each([
    ['200 of 10,000 files', 200, 10_000, false],
    ['201 of 10,000 files', 201, 10_000, true],
    ['5 of 100 files', 5, 100, false],
    ['6 of 100 files', 6, 100, true],
    ['5 of 99 files', 5, 99, true],
  ])('at %s', (_, count, files, isOn) => {
    const { hide, brake } = decide(many(count), after(GRACE), { files });

    expect(hide).toHaveLength(isOn ? 0 : count);
    expect(brake?.items.length).toBe(isOn ? count : undefined);
    expect(brake?.total).toBe(isOn ? files : undefined);
  });

  it('is on while the files wait, so that they can be recovered from the trash, and hides nothing else meanwhile', () => {
    const due = left('due', { at: after(-GRACE) });

    const { hide, brake } = decide([due, ...many(201)], after(HOUR_MS));

    expect(hide).toEqual([]);
    expect(brake?.items).toHaveLength(201);
  });

  it('counts what left within a day, and not within a day and a moment', () => {
    const spread = (lastAt: number) => [...many(200), left('last', { at: after(lastAt) })];

    expect(decide(spread(DAY_MS - 1), after(DAY_MS)).brake?.items).toHaveLength(201);
    expect(decide(spread(DAY_MS), after(DAY_MS)).brake).toBeUndefined();
  });

  it('is on if more than that would be hidden within a day, whenever they left', () => {
    const files = Array.from({ length: 201 }, (_, index) =>
      left(`f${index}`, { at: after(-index * 2 * DAY_MS) }),
    );

    expect(decide(files, after(GRACE)).brake?.items).toHaveLength(201);
    expect(decide(files.slice(1), after(GRACE)).hide).toHaveLength(200);
  });

  it('counts what was hidden within the last day', () => {
    const hidden = many(200, { at: after(-40 * DAY_MS) }).map((item) => hiddenAt(item, after(GRACE)));
    const next = left('next', { at: after(-DAY_MS) });

    expect(decide([...hidden, next], after(GRACE + DAY_MS - 1)).brake?.items).toEqual(['next']);
    expect(decide([...hidden, next], after(GRACE + DAY_MS)).hide).toEqual(['next']);
  });

  it('is not on for what is hidden already, though the source has fewer files by now', () => {
    const hidden = many(5).map((item) => hiddenAt(item, after(GRACE)));

    expect(decide(hidden, after(GRACE + 2 * DAY_MS), { files: 50 }).brake).toBeUndefined();
  });

  it('counts the files that were there when the first of them left', () => {
    const earlier = many(20, { at: after(-50 * DAY_MS) }).map((item) => hiddenAt(item, after(-DAY_MS)));
    const now = Array.from({ length: 5 }, (_, index) => left(`g${index}`));

    expect(decide([...earlier, ...now], after(HOUR_MS), { files: 119 }).brake).toMatchObject({ total: 99 });
    expect(decide([...earlier, ...now], after(HOUR_MS), { files: 120 }).brake).toBeUndefined();
  });

  it('counts what a hold keeps as well: it was deleted with the others', () => {
    const files = [...many(200), left('kept', { people: ['ben@example.com'] })];
    const holds = [aHold({ names: new Set(['ben@example.com']) })];

    expect(decide(files, after(HOUR_MS), { holds }).brake?.items).toHaveLength(201);
  });

  it('does not count what an operator released, until it leaves again', () => {
    const files = many(201);
    const released = new Set(files.map(({ file }) => `${file.item} 1`));

    expect(decide(files, after(GRACE), { released }).hide).toHaveLength(201);
    const again = many(201, { departure: 2 });
    expect(decide(again, after(GRACE), { released }).brake?.items).toHaveLength(201);
  });

  it('ends when enough of them are back', () => {
    const [first, ...others] = many(201);
    const back = first && { ...first, gone: undefined };

    expect(decide([...(back ? [back] : []), ...others], after(GRACE)).hide).toHaveLength(200);
  });
});
