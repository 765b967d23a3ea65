import * as z from 'zod';
import { parseBody } from './answer.ts';
import type { ZoomClient } from './zoom-client.ts';

const MeSchema = z
  .object({
    id: z.string().min(1),
    account_id: z.string().min(1),
    email: z.string().nullish(),
    role_name: z.string().nullish(),
  })
  .transform(({ id, account_id, email, role_name }) => ({
    userId: id,
    accountId: account_id,
    email: email ?? undefined,
    roleName: role_name ?? undefined,
  }));

/** The person behind a token, and the Zoom account that it opens. */
export type Identity = z.output<typeof MeSchema>;

/**
 * Asks who authorized the app (needs the scope user:read:user:admin or user:read:user). A Server-to-Server app has no such
 * person: it gets a ConfigurationError.
 */
export const whoAmI = (client: ZoomClient, signal: AbortSignal): Promise<Identity> =>
  client.get(
    '/users/me',
    {},
    (body) => MeSchema.safeParse(parseBody(body)).data,
    { what: 'the person who authorized the app' },
    signal,
  );
