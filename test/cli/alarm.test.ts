import { beforeAll, expect, it } from '@jest/globals';
import { healthKey, lastRunKey } from '../../shared/contract/object-keys.ts';
import { jsonBytes } from '../../shared/collect/state/state-file.ts';
import { sourceAlarmName, stackAlarmName } from '../../shared/contract/alarms.ts';
import { readMute } from '../../shared/monitor/mute.ts';
import { describeWithEmulator } from '../emulator/describe-with-emulator.ts';
import { auditIn } from '../support/builders/audit.ts';
import { aWatchedStack, type MonitoredStack } from './monitored-stack.ts';

const NOW = '2026-11-18T12:00:00.000Z';

/** A time within a minute of --now. */
const atNow = (hhmm = '12:00', day = '2026-11-18'): unknown =>
  expect.stringMatching(new RegExp(`^${day}T${hhmm}:\\d\\d\\.\\d{3}Z$`));

describeWithEmulator('the alarms of a deployment, at the command line', (emulator) => {
  let deployed: MonitoredStack;
  beforeAll(async () => {
    deployed = await aWatchedStack(emulator());
  });
  const alarm = (...args: string[]) => deployed.run('alarm', ...args);
  const full = (name: string): string => `${deployed.stack}-${name}`;
  const stateOf = async (name: string) => (await deployed.alarms.read([name])).get(name);

  it('tests an alarm through the whole path: subscribers get two messages, both marked as a test', async () => {
    const { code, stdout, stderr } = await alarm('test', 'acme-collection', '--now', NOW);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`${full('acme-collection')} was switched on and off, both marked as a test.`);
    expect(stdout).toMatch(
      /topic arn:aws:sns:\S+-alarms; e-mail goes to ines@quillmere\.example and 1 more, once/,
    );
    const recorded = await deployed.receivedAlarms();
    expect(recorded.map(({ AlarmName, NewStateValue }) => [AlarmName, NewStateValue])).toEqual([
      [full('acme-collection'), 'ALARM'],
      [full('acme-collection'), 'OK'],
    ]);
    expect(recorded[0]?.NewStateReason).toMatch(/^TEST by \S+: /);
    expect(recorded[1]?.NewStateReason).toMatch(/^TEST over/);
    expect(await auditIn(deployed.store, { codes: ['alarm-tested'] })).toEqual([
      expect.objectContaining({
        at: atNow(),
        source: 'acme',
        details: { alarm: full('acme-collection') },
        actor: expect.objectContaining({ kind: 'operator' }),
      }),
    ]);
  });

  it('does not test an alarm that is on, because the end of the test would look like a recovery', async () => {
    const name = sourceAlarmName(deployed.stack, 'acme', 'deadline');
    await deployed.alarms.set(name, 'ALARM', 'Zoom forgets 2026-06-01 in 3 days.\nMore.');
    await deployed.receivedAlarms();

    const { code, stdout, stderr } = await alarm('test', name);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/acme-deadline is on: .* Nothing was sent\.\n {2}Zoom forgets 2026-06-01/);
    expect(await deployed.receivedAlarms()).toEqual([]);
  });

  it('mutes an alarm visibly for a time, repeatedly', async () => {
    const name = sourceAlarmName(deployed.stack, 'acme', 'drop-off', 'activity');

    const first = await alarm('mute', 'acme-activity-drop-off', '--for', '2h', '--now', NOW);
    const second = await alarm('mute', name, '--for', '3d', '--why', 'a move', '--now', NOW);
    const tested = await alarm('test', name, '--now', NOW);
    const list = await alarm('list', '--now', NOW);

    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain(`${name} is muted until 2026-11-18 14:00 UTC. The mute then expires`);
    expect(second.stdout).toContain('until 2026-11-21 12:00 UTC');
    expect(await readMute(deployed.store, name)).toMatchObject({
      until: atNow('12:00', '2026-11-21'),
      why: 'a move',
    });
    expect(await stateOf(name)).toMatchObject({ actionsEnabled: false });
    expect(tested.code).toBe(1);
    expect(tested.stderr).toMatch(
      /is muted until 2026-11-21 12:00 UTC by \S+: no notification would be sent/,
    );
    expect(list.stdout).toMatch(/^acme-activity-drop-off +.* 2026-11-21 12:00 +\S/m);
    const lines = await auditIn(deployed.store, { codes: ['alarm-muted'] });
    // Both were written at the time of --now.
    expect(lines.map(({ source, summary }) => [source, summary]).toSorted()).toEqual([
      ['acme', `${name} is muted until 2026-11-18 14:00 UTC.`],
      ['acme', `${name} is muted until 2026-11-21 12:00 UTC.`],
    ]);
  });

  it('unmutes an alarm and sends what was missed; a second unmute does nothing', async () => {
    const name = sourceAlarmName(deployed.stack, 'globex', 'collection');
    await deployed.alarms.set(name, 'OK', 'well');
    await alarm('mute', name, '--for', '15m');
    await deployed.alarms.set(name, 'ALARM', 'globex is not polled.');
    await deployed.receivedAlarms();

    const first = await alarm('unmute', name);
    const recorded = await deployed.receivedAlarms();
    const second = await alarm('unmute', name);

    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain(`${name} is no longer muted.`);
    expect(recorded).toEqual([
      expect.objectContaining({
        AlarmName: name,
        NewStateValue: 'ALARM',
        NewStateReason: 'globex is not polled.',
      }),
    ]);
    expect(await stateOf(name)).toMatchObject({ actionsEnabled: true });
    expect(second).toMatchObject({
      code: 0,
      stdout: `Nothing to unmute: ${name} is not muted.\n`,
    });
    expect(await auditIn(deployed.store, { codes: ['alarm-unmuted'] })).toHaveLength(1);
  });

  it('resumes notifications of an alarm whose actions were disabled by hand', async () => {
    const name = sourceAlarmName(deployed.stack, 'globex', 'deadline');
    await deployed.alarms.setActionsEnabled(name, false);

    const list = await alarm('list', '--source', 'globex');
    const unmuted = await alarm('unmute', 'globex-deadline');

    expect(list.stdout).toMatch(/^globex-deadline +.* ACTIONS OFF +/m);
    expect(list.stdout).not.toContain('acme-');
    expect(unmuted.code).toBe(0);
    expect(await stateOf(name)).toMatchObject({ actionsEnabled: true });
  });

  it('mutes all alarms of a source, with one audit line', async () => {
    const muted = await alarm('mute', 'all', '--source', 'globex', '--for', '1h', '--now', NOW);
    const unmuted = await alarm('unmute', 'all', '--source', 'globex');

    expect(muted.stdout).toContain('10 alarms are muted until 2026-11-18 13:00 UTC.');
    expect(unmuted.stdout).toContain('10 alarms are no longer muted.');
    const lines = await auditIn(deployed.store, { sources: ['globex'], codes: ['alarm-muted'] });
    const ofAll = lines.filter(
      ({ summary }) => summary === '10 alarms are muted until 2026-11-18 13:00 UTC.',
    );
    expect(ofAll).toEqual([
      expect.objectContaining({
        details: {
          alarm: expect.stringContaining(`${deployed.stack}-globex-operation-vanished`) as unknown,
          until: atNow('13:00'),
        },
      }),
    ]);
  });

  it('mutes all alarms except watcher, because the monitor ends mutes', async () => {
    const watcher = stackAlarmName(deployed.stack, 'watcher');

    const muted = await alarm('mute', 'all', '--for', '1h', '--now', NOW);
    const refused = await alarm('mute', 'watcher', '--for', '1h');
    const actionsEnabled = (await stateOf(watcher))?.actionsEnabled;
    const reader = await readMute(deployed.store, stackAlarmName(deployed.stack, 'reader-dead-letters'));
    const unmuted = await alarm('unmute', 'all');

    expect(muted.stdout).toContain('21 alarms are muted until 2026-11-18 13:00 UTC.');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain(`${watcher} can't be muted: it reports that the health monitor is down`);
    expect(actionsEnabled).toBe(true);
    expect(reader).toMatchObject({ until: atNow('13:00') });
    expect(unmuted.stdout).toContain('21 alarms are no longer muted.');
  });

  it('lists every alarm as JSON', async () => {
    const { code, stdout } = await alarm('list', '--json');

    const listed = JSON.parse(stdout) as { name: string }[];
    expect(code).toBe(0);
    expect(listed).toHaveLength(22);
    expect(listed.find(({ name }) => name === full('acme-deadline'))).toMatchObject({
      kind: 'deadline',
      source: 'acme',
      state: 'ALARM',
      heard: true,
      reason: 'Zoom forgets 2026-06-01 in 3 days.\nMore.',
    });
  });

  it.each([
    [
      ['test', 'acme-colection'],
      /has no alarm "acme-colection"\. It has:\n(?: {2}\S+\n)*? {2}acme-collection\n/,
    ],
    [['mute', 'acme-collection'], /required option '--for <time>'/],
    [['mute', 'acme-collection', '--for', '15d'], /15m, 2h or 3d; the maximum is 14d/],
    [['mute', 'acme-collection', '--for', '0h'], /15m, 2h or 3d/],
    [['list', '--source', 'another'], /no source "another"; it has acme, globex/],
    [['list', '--stack', 'no-such-stack'], /There is no stack no-such-stack/],
  ])('%j: exits 2 with a sentence', async (args, message) => {
    const { code, stdout, stderr } = await alarm(...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describeWithEmulator('the status of a deployment', (emulator) => {
  let deployed: MonitoredStack;
  beforeAll(async () => {
    deployed = await aWatchedStack(emulator());
    const polling = { firstAt: '2026-11-17T11:00:00Z', everyMs: 300_000 };
    const silentFrom = '2026-11-14T11:00:00Z';
    for (const stream of ['operation', 'activity'] as const) {
      const read = { ...polling, firstAt: silentFrom, endedAt: NOW, firstReadAt: silentFrom, readAt: NOW };
      const run = { run: 'poll', endedAt: NOW, delivered: 0, slices: 1, missing: 0 };
      await deployed.store.replace(
        lastRunKey({ source: 'acme', stream }),
        jsonBytes({ ...run, polling: read }),
      );
      const failing = {
        day: '2026-11-18',
        reason: 'grant-dead',
        message: 'Zoom no longer takes it. [tracking id x]',
        since: '2026-11-18T09:00:00Z',
      };
      await deployed.store.replace(
        lastRunKey({ source: 'globex', stream }),
        jsonBytes({ ...run, slices: 0, missing: 1, polling: { ...polling, endedAt: NOW, failing } }),
      );
    }
    const monitored = { source: 'acme', generated_at: '2026-11-18T11:58:00Z', streams: [], alarms: [] };
    await deployed.store.replace(healthKey('acme'), jsonBytes(monitored));
    await deployed.store.replace(
      healthKey('globex'),
      jsonBytes({ ...monitored, source: 'globex', generated_at: '2026-11-18T10:00:00Z' }),
    );
    await deployed.alarms.set(`${deployed.stack}-globex-collection`, 'ALARM', 'globex is refused.\nMore.');
    await deployed.run('alarm', 'mute', 'globex-collection', '--for', '2h', '--why', 'known', '--now', NOW);
  });

  it('shows health, problems, remedies, active alarms and the last health check', async () => {
    const { code, stdout, stderr } = await deployed.run('status', '--deployed', '--now', NOW);

    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^acme +operation +silent /m);
    expect(stdout).toMatch(/^globex +activity +unauthorized /m);
    expect(stdout).toContain(
      [
        'UNHEALTHY globex has an authorization that was revoked, was replaced or has expired.',
        '  Since 2026-11-18 09:00 UTC (3 hours).',
        '  Error: Zoom no longer takes it. [tracking id x]',
        '  Data loss: none. Zoom keeps the rows for six months, and the next successful run collects them all.',
        '  Do: Ask an administrator to authorize the app again: bin/zoom-log-source connect globex',
        '  Runbook: docs/runbook.md#unauthorized',
        '',
      ].join('\n'),
    );
    const name = `${deployed.stack}-globex-collection`;
    expect(stdout).toMatch(
      new RegExp(`^ALARM ${name} since [\\d-]+ [\\d:]+ UTC: globex is refused\\.$`, 'm'),
    );
    expect(stdout).toMatch(new RegExp(`^MUTED ${name} until 2026-11-18 14:00 UTC by \\S+ \\(known\\)$`, 'm'));
    expect(stdout).toContain('acme: last health check 2 min ago.\n');
    expect(stdout).toContain(
      'NO HEALTH CHECK of globex since 2026-11-18 10:00 UTC (2 hours): its alarms are not updated.',
    );
    expect(stdout).toContain('globex: 0 requests today (UTC).');
  });

  it('has the same facts in JSON', async () => {
    const { code, stdout } = await deployed.run(
      'status',
      '--deployed',
      '--source',
      'globex',
      '--json',
      '--now',
      NOW,
    );

    const status = JSON.parse(stdout) as Record<'streams' | 'alarms', unknown[]>;
    expect(code).toBe(1);
    expect(status).toMatchObject({
      stack: deployed.stack,
      at: NOW,
      well: false,
      mutes: [{ alarm: `${deployed.stack}-globex-collection`, why: 'known', until: atNow('14:00') }],
      watched: [{ source: 'globex', at: '2026-11-18T10:00:00.000Z' }],
      undeployed: [],
    });
    expect(status.streams).toHaveLength(2);
    expect(status.streams[0]).toMatchObject({
      source: 'globex',
      stream: 'operation',
      verdict: 'unauthorized',
      since: '2026-11-18T09:00:00.000Z',
      cause: 'grant-dead',
      because: 'globex has an authorization that was revoked, was replaced or has expired',
      problems: [{ runbook: 'docs/runbook.md#unauthorized' }],
    });
    expect(status.alarms).toHaveLength(12);
    expect(status.alarms).toContainEqual(
      expect.objectContaining({ source: 'globex', kind: 'collection', state: 'ALARM', heard: false }),
    );
  });

  it('exits 1 while a source is not connected, and prints how to connect it', async () => {
    const another = await aWatchedStack(emulator());

    const { code, stdout } = await another.run('status', '--deployed');

    expect(code).toBe(1);
    expect(stdout).toMatch(/^acme +operation +not_connected /m);
    expect(stdout).toContain('acme: not connected to Zoom. Connect it: bin/zoom-log-source connect acme');
    expect(stdout).toContain('acme: no health check yet.');
  });
});
