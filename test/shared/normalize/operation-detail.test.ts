import { describe, expect, it } from '@jest/globals';
import { OperationDetailSchema } from '../../../shared/normalize/operation-detail.ts';

const takes = (detail: unknown): boolean => OperationDetailSchema.safeParse(detail).success;
const ofChange = (change: object) => ({ status: 'full', changes: [change] });

describe('the schema of a detail', () => {
  it.each([
    ...['full', 'likely', 'partial', 'none'].map((status) => ({ status })),
    ...['Add', 'Create', 'Delete', 'Remove', 'Edit', 'Update', 'Activate', 'Deactivate', 'Change Role'].map(
      (verb) => ({ status: 'full', verb }),
    ),
    ...['user', 'group', 'role'].map((type) => ({ status: 'full', target: { type, name: 'Blue' } })),
    { status: 'full', group: 'Blue', people: ['a@acme.test', 'b@acme.test'] },
    { status: 'full', target: { type: 'user', name: 'ann@acme.test', email: 'ann@acme.test' } },
    { status: 'full', section: 'Security', changes: [{ kind: 'text', text: 'words' }, { kind: 'set' }] },
    ...['change', 'set', 'value', 'ambiguous', 'text'].map((kind) =>
      ofChange({ kind, setting: 'Chat', old_value: 'on', new_value: 'off', locked: true, text: 'Chat' }),
    ),
  ])('takes %j', (detail) => {
    expect(takes(detail)).toBe(true);
  });

  it.each([
    {},
    { status: '' },
    { status: 'full', verb: '' },
    { status: 'full', mood: 'good' },
    { status: 'full', section: '' },
    { status: 'full', changes: [] },
    { status: 'full', group: '' },
    { status: 'full', people: [] },
    { status: 'full', people: [''] },
    { status: 'full', target: { type: '', name: 'Blue' } },
    { status: 'full', target: { type: 'user', name: '' } },
    { status: 'full', target: { type: 'user' } },
    { status: 'full', target: { type: 'user', name: 'ann', age: 7 } },
    ofChange({}),
    ofChange({ kind: '' }),
    ofChange({ kind: 'set', setting: '' }),
    ofChange({ kind: 'set', old_value: '' }),
    ofChange({ kind: 'set', new_value: '' }),
    ofChange({ kind: 'set', text: '' }),
    ofChange({ kind: 'set', locked: 'yes' }),
    ofChange({ kind: 'set', mood: 'good' }),
  ])('refuses %j', (detail) => {
    expect(takes(detail)).toBe(false);
  });
});
