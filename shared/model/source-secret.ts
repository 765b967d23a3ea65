import * as z from 'zod';

/** The grant of an authorization, as it is stored between runs. */
export const GrantSchema = z.object({
  refreshToken: z.string().min(1),
  accessToken: z.string().min(1),
  /** When the access token expires. */
  expiresAt: z.iso.datetime(),
  /** As named by Zoom; checked when it is used. */
  apiUrl: z.string().optional(),
  /** The token's scopes: those of the app, possibly reduced to what the admin's role allows. */
  scopes: z.array(z.string()).readonly().default([]),
});

export type Grant = z.output<typeof GrantSchema>;

/** A pending connection: valid for one callback, for ten minutes. */
export const PendingConnectionSchema = z.object({
  state: z.string().min(32),
  codeVerifier: z.string().min(43),
  redirectUrl: z.url(),
  expiresAt: z.iso.datetime(),
});

/** The result of the last pending connection, if it failed, so that the waiting command can stop. */
export const EndedConnectionSchema = z.object({
  state: z.string().min(32),
  outcome: z.enum(['declined', 'refused']),
});

export type EndedConnection = z.infer<typeof EndedConnectionSchema>;

/**
 * The secret of a source, as it is stored. `app` is set by `connect` (or by hand); the connector writes the rest.
 */
export const SourceSecretSchema = z.object({
  app: z
    .object({
      clientId: z.string().min(1),
      clientSecret: z.string().min(1),
      /** The Zoom account id; server-to-server apps only. */
      accountId: z.string().min(1).optional(),
    })
    .optional(),
  pending: PendingConnectionSchema.optional(),
  ended: EndedConnectionSchema.optional(),
  grant: GrantSchema.optional(),
  /** Zoom's id of the account that the source is connected to. */
  accountId: z.string().min(1).optional(),
});

export type SourceSecret = z.infer<typeof SourceSecretSchema>;
