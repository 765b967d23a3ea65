import { expect, it } from '@jest/globals';
import { dayOf } from '../../shared/model/day.ts';
import { DEFAULT_ACCOUNT, type SimulatorOptions } from '../../simulator/index.ts';
import { aBucketStore, secretsAt } from '../emulator/aws.ts';
import { describeWithEmulator } from '../emulator/describe-with-emulator.ts';
import { auditIn } from '../support/builders/audit.ts';
import { anOperation } from '../support/builders/rows.ts';
import { aZoom } from '../support/zoom.ts';
import { aDeployment, CREDENTIALS, SOURCE } from './deployment.ts';
import { aSchedule, messages } from './events.ts';
import { invoke } from './invoke.ts';

const TODAY = dayOf(new Date());
const YESTERDAY = dayOf(new Date(Date.now() - 86_400_000));

describeWithEmulator('the poller function', (emulator) => {
  const aDeployed = async (options: SimulatorOptions = {}, secret: unknown = CREDENTIALS) => {
    const aws = emulator();
    const zoom = await aZoom({ now: new Date(), speed: 1, ...options });
    zoom.addRows([
      { stream: 'operation', row: anOperation({ time: `${YESTERDAY}T09:00:00Z` }) },
      { stream: 'operation', row: anOperation({ time: `${YESTERDAY}T10:00:00Z` }) },
    ]);
    const deployment = await aDeployment(aws, zoom, secret, 'server-to-server');
    const store = await aBucketStore(aws, { bucket: deployment.resources.bucket });
    const secrets = secretsAt(aws, deployment.resources.secretId);
    return { zoom, deployment, store, secrets };
  };

  it('polls on its schedule, delivers once, and logs source, stream, day and request', async () => {
    const { deployment, store } = await aDeployed();

    const { results, lines } = await invoke('poller', deployment.environment, [aSchedule(), aSchedule()]);

    expect(results.map(({ value }) => value)).toMatchObject([
      { delivered: 2, missing: 0 },
      { delivered: 0, missing: 0 },
    ]);
    expect(await store.list('raw/')).toHaveLength(1);
    expect(lines.find(({ message, delivered }) => message === 'slice' && delivered === 2)).toMatchObject({
      source: SOURCE,
      stream: 'operation',
      day: YESTERDAY,
      function_request_id: '00000000-0000-4000-8000-000000000000',
    });
  });

  it('collects the slices in messages, and fails messages that are unreadable or for another source', async () => {
    const { deployment, store } = await aDeployed();
    const slice = { source: SOURCE, stream: 'operation', day: YESTERDAY };

    const { results, lines } = await invoke('poller', deployment.environment, [
      messages(
        slice,
        slice,
        { poll: SOURCE },
        { poll: 'another' },
        { ...slice, source: 'another' },
        { ...slice, day: '2026-02-30' },
        'no JSON',
        '',
      ),
    ]);

    const failed = [3, 4, 5, 6, 7].map((index) => ({ itemIdentifier: `message-${index}` }));
    expect(results[0]?.value).toEqual({ batchItemFailures: failed });
    expect(lines.filter(({ message }) => message === 'message refused')).toHaveLength(5);
    expect(await store.list('raw/')).toHaveLength(1);
  });

  it('fails only the slices that Zoom refuses', async () => {
    const { zoom, deployment } = await aDeployed();
    zoom.account().update({ scopes: ['report:read:operation_logs:admin'] });

    const { results, lines } = await invoke('poller', deployment.environment, [
      messages(
        { source: SOURCE, stream: 'operation', day: YESTERDAY },
        { source: SOURCE, stream: 'activity', day: YESTERDAY },
      ),
    ]);

    expect(results[0]?.value).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
    expect(lines.find(({ message }) => message === 'slice missing')).toMatchObject({
      level: 'ERROR',
      stream: 'activity',
      day: YESTERDAY,
      reason: 'scope-missing',
      zoomTrackingId: expect.any(String),
    });
  });

  it.each([
    [
      'credentials that Zoom refuses',
      { ...CREDENTIALS, app: { ...DEFAULT_ACCOUNT, clientSecret: 'wrong' } },
      /credentials-wrong/,
    ],
    ['a secret that is damaged', { app: 'nothing' }, /does not hold|connect acme/],
  ])('throws for %s, so that AWS sees it', async (_, secret, message) => {
    const { deployment } = await aDeployed({}, secret);

    const { results, output } = await invoke('poller', deployment.environment, [aSchedule()]);

    expect(results[0]?.error?.message).toMatch(message);
    expect(output + JSON.stringify(results)).not.toContain(DEFAULT_ACCOUNT.clientSecret);
  });

  it('reports one stream that is refused without failing the other', async () => {
    const { zoom, deployment } = await aDeployed();
    zoom.account().update({ scopes: ['report:read:operation_logs:admin'] });

    const { results } = await invoke('poller', deployment.environment, [aSchedule()]);

    expect(results[0]?.value).toMatchObject({ delivered: 2, missing: expect.any(Number) });
  });

  it('does nothing for a source that is not connected, and detects when it is connected or disconnected', async () => {
    const { deployment, secrets } = await aDeployed({}, {});

    const before = await invoke('poller', deployment.environment, [aSchedule()]);
    await secrets.change(() => CREDENTIALS);
    const connected = await invoke('poller', deployment.environment, [aSchedule()]);
    await secrets.change(() => ({ accountId: CREDENTIALS.accountId }));
    const after = await invoke('poller', deployment.environment, [aSchedule()]);

    expect(before.results[0]?.value).toBe('not-connected');
    expect(connected.results[0]?.value).toMatchObject({ delivered: 2 });
    expect(after.results[0]?.value).toBe('not-connected');
  });

  it('records its configuration once, for any number of process starts', async () => {
    const { deployment, store } = await aDeployed();

    await invoke('poller', deployment.environment, [aSchedule(), aSchedule()]);
    await invoke('poller', deployment.environment, [aSchedule()]);

    expect(await auditIn(store, { codes: ['deployed', 'configuration-changed'] })).toMatchObject([
      { code: 'deployed', source: SOURCE, details: { auth: 'server-to-server', lookback_days: '1' } },
    ]);
  });

  it('stops before its time-out, and leaves the rest to the next run', async () => {
    const { deployment } = await aDeployed();

    const short = await invoke('poller', deployment.environment, [aSchedule()], 20_000);
    const next = await invoke('poller', deployment.environment, [aSchedule()]);

    expect(short.results[0]?.value).toMatchObject({ delivered: 0, missing: expect.any(Number) });
    expect(next.results[0]?.value).toMatchObject({ delivered: 2, missing: 0 });
  });

  it.each([
    [{ Records: [{ eventSource: 'aws:s3', s3: {} }] }, /an event of "aws:s3"/],
    [{ source: 'aws.ec2', 'detail-type': 'State change' }, /an event of "aws.ec2" and "State change"/],
    [{ source: 'aws.events', 'detail-type': 'Something else' }, /"Something else"/],
    [{}, /an event of no name/],
    [[], /an event of no name/],
    ['text', /an event of no name/],
  ])('refuses %j by name', async (event, message) => {
    const { deployment } = await aDeployed();

    const { results } = await invoke('poller', deployment.environment, [event]);

    expect(results[0]?.error).toMatchObject({ name: 'TypeError', message: expect.stringMatching(message) });
  });

  it('collects today, too', async () => {
    const { zoom, deployment, store } = await aDeployed();
    zoom.addRows([{ stream: 'operation', row: anOperation({ time: `${TODAY}T00:00:01Z` }) }]);

    await invoke('poller', deployment.environment, [aSchedule()]);

    expect(await store.list('raw/')).toHaveLength(2);
  });
});
