import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { addDays, type Day } from '../../../shared/model/day.ts';
import { STREAM_NAMES, type StreamName } from '../../../shared/model/stream.ts';

interface Line {
  readonly event_id: string;
  readonly event_time: string;
  readonly ingest_time: string;
}

const linesOf = (out: string, stream: StreamName): Line[] =>
  globSync(`flat/${stream}/source=*/dt=*/*.json.gz`, { cwd: out })
    .sort()
    .flatMap((file) =>
      gunzipSync(readFileSync(join(out, file)))
        .toString('utf8')
        .split('\n'),
    )
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);

/**
 * Adds copies of the flat lines of a folder on the days before a given one, until each stream has at least `count` more. Each copy
 * has an id, people, groups and settings of its own, so that no table of a page stays short.
 */
export const addManyEvents = (out: string, before: Day, days: number, count: number): number => {
  let written = 0;
  for (const stream of STREAM_NAMES) {
    const lines = linesOf(out, stream);
    const perDay = Math.ceil(count / days);
    for (let index = 1; index <= days; index += 1) {
      const day = addDays(before, -index);
      const text = Array.from({ length: perDay }, (_, nth) => copyOf(lines, day, index * perDay + nth)).join(
        '',
      );
      const file = join(out, `flat/${stream}/source=quillmere/dt=${day}/${stream}_${day}_000000.json.gz`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, gzipSync(text, { level: 1 }));
      written += perDay;
    }
  }
  return written;
};

const copyOf = (lines: readonly Line[], day: Day, nth: number): string => {
  const line = lines[nth % lines.length];
  if (!line) throw new RangeError('there is no line to copy');
  const copy = {
    ...line,
    event_id: `${nth.toString(16).padStart(8, '0')}${line.event_id.slice(8)}`,
    event_time: `${day}${line.event_time.slice(10)}`,
  };
  return `${JSON.stringify(copy)
    .replaceAll('@quillmere', `.${nth % 5000}@quillmere`)
    .replaceAll(/"(?:setting|target_name)":"/g, `$&${nth % 900} `)
    .replaceAll('203.0.113.', `203.${nth % 199}.${nth % 251}.`)}\n`;
};
