import * as z from 'zod';
import { parseBody } from './zoom-response.ts';
import type { ZoomClient } from './zoom-client.ts';

const MeSchema = z
  .object({
    id: z.string().min(1),
    /** It is printed and kept: letters, digits and signs only. */
    account_id: z.string().regex(/^[\x21-\x7e]{1,100}$/),
    /** What is no address is not told at all. */
    email: z.email().max(254).optional().catch(undefined),
    role_name: z.string().nullish(),
  })
  .transform(({ id, account_id, email, role_name }) => ({
    userId: id,
    accountId: account_id,
    email,
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
