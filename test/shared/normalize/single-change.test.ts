import { expect, it } from '@jest/globals';
import { parseOperationDetail } from '../../../shared/normalize/index.ts';
import { singleChange } from '../../../shared/normalize/single-change.ts';

it.each([
  ['Security  - Chat: from On to Off', 'Chat'],
  ['Security  - Chat: set to free text', 'Chat'],
  ['Security  - Join: from free to join to OFF', undefined],
  ['Security  - Join: from On to wait to Off', undefined],
  ['Security  - Chat: from On to Off - Join: from On to Off', undefined],
  ['Security  - ', undefined],
  ['Security', undefined],
])('a detail has one change to build on, or none: %s', (detail, setting) => {
  expect(singleChange(parseOperationDetail(detail))?.setting).toBe(setting);
});
