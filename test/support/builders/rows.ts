/** An operation row with the fields that the test needs. */
export const anOperation = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
  time: '2026-11-18T09:00:00Z',
  operator: 'ines.halloran@quillmere.example',
  category_type: 'Account',
  action: 'Update',
  operation_detail: 'Security  - Waiting Room: from On to Off',
  ...fields,
});

/** A sign-in with the fields that the test needs. */
export const aSignIn = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
  email: 'noor.van.aalst@quillmere.example',
  time: '2026-11-18T09:00:00Z',
  type: 'Sign in',
  ip_address: '198.51.100.23',
  client_type: 'Browser',
  version: '-',
  ...fields,
});
