import { expect, it } from '@jest/globals';
import { controlsIn, type Controls } from '../../../shared/normalize/controls-in.ts';
import type { Change, Control, Direction } from '../../../shared/normalize/operation-detail.ts';

const change = (control?: Control, direction?: Direction): Change => ({
  kind: 'set',
  setting: 'S',
  ...(control && { control }),
  ...(direction && { direction }),
});

it.each<[string, Change[], Controls]>([
  [
    'each once, in order',
    [change('mfa', 'weakened'), change('chat', 'weakened'), change('mfa', 'weakened')],
    { controls: ['chat', 'mfa'], weakened: ['chat', 'mfa'] },
  ],
  [
    'by direction, in order',
    [change('sso', 'unlocked'), change('mfa', 'strengthened'), change('chat', 'unlocked')],
    { controls: ['chat', 'mfa', 'sso'], unlocked: ['chat', 'sso'] },
  ],
  ['without a direction', [change('mfa')], { controls: ['mfa'] }],
  ['none for other changes', [change('other', 'changed'), change()], {}],
  ['other, if it was weakened', [change('other', 'weakened')], { controls: ['other'], weakened: ['other'] }],
  ['another that only changed', [change('mfa', 'changed')], { controls: ['mfa'] }],
])('the controls of changes are %s', (_, changes, expected) => {
  expect(controlsIn({ status: 'full', changes })).toStrictEqual(expected);
});

it('a detail that has several readings, or no changes, has none', () => {
  expect(controlsIn({ status: 'likely', changes: [change('mfa', 'weakened')] })).toStrictEqual({});
  expect(controlsIn({ status: 'full' })).toStrictEqual({});
});
