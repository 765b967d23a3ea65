import { describe, expect, it } from '@jest/globals';
import { PolledSourceSchema } from '../../../shared/model/polled-source.ts';
import {
  DropOffMinutesSchema,
  endpointsOf,
  SourceConfigSchema,
} from '../../../shared/model/source-config.ts';
import { MonitorConfigSchema, MonitoredSourceSchema } from '../../../shared/model/monitored-source.ts';

const ACME = { name: 'acme', auth: 'oauth' };

describe('a source', () => {
  it.each([
    ['zoom.us', 'https://zoom.us/oauth', undefined],
    ['zoomgov.com', 'https://zoomgov.com/oauth', 'https://api.zoomgov.com/v2'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/oauth', 'http://127.0.0.1:8080/v2'],
  ])('of %s has these endpoints', (host, oauthUrl, apiUrl) => {
    expect(endpointsOf({ host })).toEqual({ oauthUrl, apiUrl });
  });

  it('has a Zoom account id, if any, and its form is in the message', () => {
    expect(SourceConfigSchema.safeParse({ ...ACME, accountId: 'aB_9.=+/-' }).success).toBe(true);
    expect(SourceConfigSchema.safeParse({ ...ACME, accountId: 'a b' }).error?.issues).toMatchObject([
      { message: 'must be a Zoom account id: 1 to 64 letters, digits and _ . = + / -' },
    ]);
  });

  it.each(['http://localhost:80', 'http://127.0.0.1:65535', 'zoomgov.com'])('may be on %s', (host) => {
    expect(SourceConfigSchema.safeParse({ ...ACME, host }).success).toBe(true);
  });

  it.each([
    'https://localhost:80',
    'http://localhost',
    'http://10.0.0.1:80',
    'http://localhost:80/evil',
    'xhttp://localhost:80',
    5,
  ])('may not be on %p', (host) => {
    const { error } = SourceConfigSchema.safeParse({ ...ACME, host });

    expect(error?.issues.map(({ message }) => message)).toEqual(['must be "zoom.us" or "zoomgov.com"']);
  });

  it.each([
    [0, true],
    [14, false],
    [15, true],
    [43_200, true],
    [43_201, false],
    [-1, false],
    [15.5, false],
  ])('may have a silence limit of %d minutes: %s', (minutes, isTaken) => {
    expect(DropOffMinutesSchema.safeParse(minutes).success).toBe(isTaken);
  });
});

describe('the configuration of a poller', () => {
  it('does not have the content or the settings of the monitor', () => {
    const source = SourceConfigSchema.parse({
      ...ACME,
      notify: ['ops@acme.test'],
      dropOffMinutes: { operation: 60 },
      learnedBaseline: false,
      content: { onDeauthorization: 'retain' },
    });

    expect(source).toHaveProperty('content');
    for (const name of ['notify', 'dropOffMinutes', 'learnedBaseline', 'content'])
      expect(PolledSourceSchema.parse(source)).not.toHaveProperty(name);
  });

  it('is everything except the notification settings', () => {
    expect(PolledSourceSchema.parse(SourceConfigSchema.parse(ACME))).toEqual({
      ...ACME,
      host: 'zoom.us',
      pollMinutes: 5,
      lookbackDays: 3,
      streams: ['operation', 'activity'],
      formats: ['flat', 'ocsf'],
      ocsfVersion: '1.8.0',
      requestsPerSecond: 8,
      requestsPerDay: 10_000,
    });
  });
});

describe('the configuration of the monitor', () => {
  it('is the settings that define the health of a source', () => {
    expect(MonitoredSourceSchema.parse(ACME)).toEqual({
      ...ACME,
      pollMinutes: 5,
      lookbackDays: 3,
      streams: ['operation', 'activity'],
      requestsPerDay: 10_000,
      dropOffMinutes: {},
      learnedBaseline: true,
    });
  });

  it('is at least one source, and the quiet days', () => {
    const sources = [ACME, { ...ACME, name: 'globex' }];

    expect(MonitorConfigSchema.parse({ sources, quietDays: ['2026-12-25'] })).toMatchObject({
      sources: [{ name: 'acme' }, { name: 'globex' }],
      quietDays: ['2026-12-25'],
    });
    expect(MonitorConfigSchema.safeParse({ sources: [], quietDays: [] }).success).toBe(false);
    expect(MonitorConfigSchema.safeParse({ sources }).success).toBe(false);
  });
});
