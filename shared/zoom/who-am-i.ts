import * as z from 'zod';
import { parseBody } from './zoom-response.ts';
import type { ZoomClient } from './zoom-client.ts';

const MeSchema = z
  .object({
    id: z.string().min(1),
    /** It is printed and stored: letters, digits and signs only. */
    account_id: z.string().regex(/^[\x21-\x7e]{1,100}$/),
    /** An invalid address is omitted. */
    email: z.email().max(254).optional().catch(undefined),
    role_name: z.string().nullish(),
  })
  .transform(({ id, account_id, email, role_name }) => ({
    userId: id,
    accountId: account_id,
    email,
    roleName: role_name ?? undefined,
  }));

/** The user of a token, and the Zoom account that it gives access to. */
export type Identity = z.output<typeof MeSchema>;

/**
 * Reads who authorized the app (needs the scope user:read:user:admin or user:read:user). A Server-to-Server app has no such
 * user: it gets a ConfigurationError.
 */
export const whoAmI = (client: ZoomClient, signal: AbortSignal): Promise<Identity> =>
  client.get(
    '/users/me',
    {},
    (body) => MeSchema.safeParse(parseBody(body)).data,
    { what: 'the user who authorized the app' },
    signal,
  );
