import { describe, expect, it } from '@jest/globals';
import { ocsfProblems } from '../../support/ocsf-schema.ts';
import { describeWithReference } from '../../support/reference.ts';
import { anActivity, ocsfOf } from './rows.ts';

const good = () => ocsfOf('activity', anActivity());

describe('the check of OCSF events', () => {
  it('has nothing against a good one', () => {
    expect(ocsfProblems(good())).toEqual([]);
  });

  it.each([
    ['a time in seconds', { time: 1772600767, time_dt: '1970-01-21T12:23:20.767Z' }],
    ['another time than the row', { time: 1772600768000, time_dt: '2026-03-04T05:06:08.000Z' }],
    ['two times', { time_dt: '2026-03-04T05:06:08.000Z' }],
    ['a type of another class', { type_uid: 300101 }],
    ['an attribute of another class', { group: { name: 'Blue' } }],
    ['an attribute too few', { service: undefined }],
    ['an attribute no one knows', { color: 'blue' }],
    ['an empty attribute', { message: '' }],
    ['raw data that are no row', { raw_data: 'x' }],
    ['raw data of another row', { raw_data: '{"time":"2026-03-04T05:06:08Z"}' }],
    [
      'an observable that leads nowhere',
      { observables: [{ name: 'user.mail', type_id: 5, type: 'Email Address', value: 'x' }] },
    ],
    ['a label that is no area', { metadata: { ...good().metadata, labels: ['area:51'] } }],
  ])('objects to %s', (_, defect) => {
    expect(ocsfProblems({ ...good(), ...defect })).not.toEqual([]);
  });
});

describeWithReference("OCSF's own schemas", () => {
  it.each([
    ["a caption that is not its number's", { activity_name: 'Log in' }],
    [
      'a profile too few',
      { metadata: { ...good().metadata, version: '1.8.0' as const, profiles: ['host' as const] } },
    ],
    ['an address that is none', { user: { name: 'x', email_addr: 'x' } }],
  ])('object to %s', (_, defect) => {
    expect(ocsfProblems({ ...good(), ...defect }).join()).toMatch(/^authentication-1\.8\.0/);
  });
});
