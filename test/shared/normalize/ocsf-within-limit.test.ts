import { describe, expect, it } from '@jest/globals';
import { ocsfWithinLimit } from '../../../shared/normalize/ocsf-within-limit.ts';
import { anOperation, ocsfOf } from './rows.ts';

const EVENT = ocsfOf('operation', anOperation());
const RAW = EVENT.raw_data ?? '';

describe('an event within the limit of its release', () => {
  it('is left alone where there is none, or its row is no longer than that', () => {
    expect(ocsfWithinLimit(EVENT, undefined)).toBe(EVENT);
    expect(ocsfWithinLimit(EVENT, RAW.length)).toBe(EVENT);
  });

  it('has its row in `unmapped`, and each text cut to the limit', () => {
    const event = { ...EVENT, message: `${'x'.repeat(39)}😀`, activity_name: `😀${'y'.repeat(40)}` };

    const within = ocsfWithinLimit(event, 40);

    expect(within).not.toHaveProperty('raw_data');
    expect(within.unmapped).toEqual({ ...EVENT.unmapped, raw_data: RAW });
    expect(within.message).toBe('x'.repeat(39));
    expect(within.activity_name).toBe(`😀${'y'.repeat(38)}`);
    expect([within.time, within.metadata.labels]).toEqual([EVENT.time, EVENT.metadata.labels]);
  });

  it('keeps a text that is no longer than that', () => {
    const event = { ...EVENT, message: `${'x'.repeat(38)}😀`, activity_name: 'y😀' };
    const { message, activity_name } = ocsfWithinLimit(event, 40);

    expect([message, activity_name]).toEqual([event.message, event.activity_name]);
  });

  it('without a row is left alone', () => {
    const event = { ...EVENT };
    delete event.raw_data;

    expect(ocsfWithinLimit(event, 1)).toBe(event);
  });
});
