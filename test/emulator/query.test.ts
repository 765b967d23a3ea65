import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { zoomLogSource } from '../support/command.ts';
import { runQuery, deliverDemo, type DemoArchive, TODAY } from '../support/fixtures/demo-archive.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { aBucket, aBucketStore } from './aws.ts';
import { describeWithEmulator } from './describe-with-emulator.ts';

const NOW = `${TODAY}T09:00:00Z`;

describeWithEmulator('query over a bucket', (emulator) => {
  let demo: DemoArchive;
  let url: string;
  beforeAll(async () => {
    demo = await deliverDemo();
    const bucket = await aBucket(emulator());
    const store = await aBucketStore(emulator(), { bucket, prefix: 'zoom/' });
    const files = readdirSync(demo.out, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const { parentPath, name } of files) {
      const path = join(parentPath, name);
      await store.create(path.slice(demo.out.length + 1), readFileSync(path), {});
    }
    url = `s3://${bucket}/zoom`;
  });

  const query = (...args: string[]) => run('query', ...args, '--json');
  const run = (...args: string[]) => runIn(temporaryFolder(), ...args);
  const runIn = async (temporary: string, ...args: string[]) => {
    const { endpoint, region, credentials } = emulator();
    const finished = await zoomLogSource([...args, '--now', NOW], {
      environment: {
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        TMPDIR: temporary,
      },
    });
    return { ...finished, left: readdirSync(temporary) };
  };
  const rowsOf = (stdout: string): unknown[] =>
    stdout
      .split('\n')
      .filter(Boolean)
      .map((line): unknown => JSON.parse(line));

  it('returns the same result as over a folder, and leaves nothing on this machine', async () => {
    const sql = 'SELECT event_id, area, detail FROM zoom_events ORDER BY event_id';

    const { code, stdout, left } = await query(sql, '--out', url);

    expect(code).toBe(0);
    expect(rowsOf(stdout)).toEqual(await runQuery(demo.out, sql));
    expect(left).toEqual([]);
  });

  it('makes the same report as over a folder, and leaves nothing on this machine', async () => {
    const [fromBucket, fromFolder] = ['bucket.html', 'folder.html'].map((name) =>
      join(temporaryFolder(), name),
    );

    const { code, stderr, left } = await run('report', '--out', url, '--html', fromBucket ?? '');
    await run('report', '--out', demo.out, '--html', fromFolder ?? '');

    expect({ code, stderr, left }).toEqual({ code: 0, stderr: '', left: [] });
    expect(readFileSync(fromBucket ?? '', 'utf8').replaceAll(url, demo.out)).toBe(
      readFileSync(fromFolder ?? '', 'utf8'),
    );
  });

  it('writes nothing outside of its temporary folder, with any keys in the bucket', async () => {
    const bucket = url.slice('s3://'.length, url.lastIndexOf('/'));
    const store = await aBucketStore(emulator(), { bucket, prefix: 'zoom/' });
    const [folder = ''] = (await store.list('flat/operation/')).map(({ key }) =>
      key.slice(0, key.lastIndexOf('/') + 1),
    );
    const outer = temporaryFolder();
    const temporary = join(outer, '1/2/3/4');
    mkdirSync(temporary, { recursive: true });
    for (const name of ['victim', 'operation_2026-11-18_000000.json.gz'])
      await store.create(`${folder}${'../'.repeat(5)}${name}`, Buffer.from('hostile'), {});
    await store.create(`_state/sources/${'../'.repeat(3)}x.json`, Buffer.from('{}'), {});

    const sql = 'SELECT count(*) AS n FROM zoom_operation';
    const { code, stdout } = await runIn(
      temporary,
      'query',
      sql,
      '--out',
      url,
      '--since',
      '2026-11-01',
      '--json',
    );

    expect(code).toBe(0);
    expect(rowsOf(stdout)).toEqual(await runQuery(demo.out, sql));
    expect(readdirSync(outer, { recursive: true }).sort()).toEqual(['1', '1/2', '1/2/3', '1/2/3/4']);
  });

  it('reads only the requested days', async () => {
    const sql = `SELECT 'zoom_operation' AS name, min(dt) AS d, (SELECT count(*) FROM zoom_activity) AS n FROM zoom_operation`;

    const { stdout } = await query(sql, '--out', url, '--since', '2026-11-18');

    const signIns = demo.rows.filter(
      ({ stream, day = '' }) => stream === 'activity' && day >= '2026-11-18',
    ).length;
    expect(rowsOf(stdout)).toEqual([{ name: 'zoom_operation', d: '2026-11-18', n: signIns }]);
  });

  it('returns the same detections as over a folder, for any requested days', async () => {
    const recent = ['--json', '--since', '2026-11-19T06:00:00Z'];

    const bucket = await run('detect', '--out', url, ...recent);
    const folder = await run('detect', '--out', demo.out, ...recent);

    expect(bucket).toEqual({ code: 0, stdout: folder.stdout, stderr: '', left: [] });
    expect(bucket.stdout).toContain('"detection":"two-distant-networks"');
  });

  it('leaves nothing when the query is refused either', async () => {
    const { code, stderr, left } = await query('SELECT oparator FROM zoom_operation', '--out', url);

    expect({ code, left }).toEqual({ code: 2, left: [] });
    expect(stderr).toContain('LINE 1');
  });

  it('reports a remedy if nothing was collected', async () => {
    const { code, stderr } = await query('SELECT 1', '--out', `s3://${await aBucket(emulator())}`);

    expect(code).toBe(2);
    expect(stderr).toContain('contains no collected events');
  });
});
