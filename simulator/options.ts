import { z } from 'zod';
import { CONTENT_SCOPES } from './content/content-endpoints.ts';
import type { ContentCompany } from './content/content-company.ts';
import type { SimulatedRow } from './row-store.ts';

/** The default account, and the credentials of its app. */
export const DEFAULT_ACCOUNT = {
  accountId: 'Sim-Account-000000000001',
  clientId: 'sim-client-id',
  clientSecret: 'sim-client-secret',
} as const;

const SECOND = z.number().min(0);

/** The scopes of an app that reads the two reports. */
const REPORT_SCOPES: readonly string[] = [
  'report:read:operation_logs:admin',
  'report:read:user_activities:admin',
  'user:read:user:admin',
];

/** The scopes of an account for which none are given: those of the content API only where it has content. */
export const defaultScopes = (hasContent: boolean): readonly string[] =>
  hasContent ? [...new Set([...REPORT_SCOPES, ...CONTENT_SCOPES])] : REPORT_SCOPES;

/** The mutable state of a Zoom account. Each value gives permanent, consistent responses. */
export const AccountStateSchema = z.strictObject({
  clientSecret: z.string().min(1).default(DEFAULT_ACCOUNT.clientSecret),
  /** `free`: the reports are refused, and the smallest quota applies. */
  plan: z.enum(['free', 'pro', 'business']).default('business'),
  /** The role of the admin who authorised the tokens. `weak`: "No permission."; `lowered`: Zoom dropped the admin scopes from the grant. */
  role: z.enum(['strong', 'weak', 'lowered']).default('strong'),
  /** Scopes of the app. Removed scopes disappear from valid tokens; added scopes need a new token or authorisation. */
  scopes: z.array(z.string()).readonly().default(REPORT_SCOPES),
  /** The end of a connection invalidates its tokens: 4741 uninstalled, 4735 owner-left, 4738 disabled. */
  connection: z.enum(['alive', 'uninstalled', 'owner-left', 'disabled']).default('alive'),
  /** The account does not exist: 404 with code 2001. */
  closed: z.boolean().default(false),
  /** The admin's choice on the consent page. */
  consent: z.enum(['allow', 'deny']).default('allow'),
  /** `api_url` in token responses: `self` is the simulator's address, `absent` omits it. */
  apiUrl: z.union([z.literal('self'), z.literal('absent'), z.url()]).default('self'),
  /** Redirect addresses registered for the app, compared exactly; none means that any is accepted. */
  redirectUris: z.array(z.string()).readonly().default([]),
  /** `false`: the account has no cloud recording, and requests for recordings are refused. */
  cloudRecording: z.boolean().default(true),
});

export const AccountSchema = AccountStateSchema.extend({
  accountId: z.string().min(1).default(DEFAULT_ACCOUNT.accountId),
  clientId: z.string().min(1).default(DEFAULT_ACCOUNT.clientId),
  adminEmail: z.string().default('ines.halloran@quillmere.example'),
  /** Default: the scopes of the reports, and of the content API where the account has content. */
  scopes: z.array(z.string()).readonly().optional(),
  /** People, meetings and files: see content/model.ts. */
  content: z.custom<ContentCompany>((content) => typeof content === 'object' && content !== null).optional(),
  rows: z.custom<Iterable<SimulatedRow>>((rows) => Symbol.iterator in Object(rows)).default(() => []),
});

/** The options of the simulator. All are optional. */
export const SimulatorOptionsSchema = z.strictObject({
  /** Decides every random choice: faults, inserts, shuffles, tokens. */
  seed: z.int().default(1),
  /** 0 selects a free port. */
  port: z.int().min(0).max(65_535).default(0),
  /** The start of the simulated clock (default: now) and its speed: 1 is real time, 0 stops it. */
  now: z.union([z.date(), z.iso.datetime({ offset: true })]).optional(),
  speed: z.number().min(0).default(1),
  accounts: z
    .array(AccountSchema)
    .min(1)
    .default([AccountSchema.parse({})]),

  order: z.enum(['newest-first', 'oldest-first', 'shuffled']).default('newest-first'),
  paging: z.enum(['snapshot', 'live']).default('snapshot'),
  /** `short`: any page may have fewer rows than requested; `empty-middle`: an empty page before each page with a token. */
  pages: z.enum(['full', 'short', 'empty-middle', 'mixed']).default('full'),
  /** Rows in a page: as many as requested, or a fixed number. */
  pageRows: z.union([z.literal('as-asked'), z.int().min(1)]).default('as-asked'),
  /** A span over a month: silently cut to 30 days, or refused with code 300. */
  overAMonth: z.enum(['cut', 'refuse']).default('cut'),
  /** Days older than six months: refused with code 300, or empty. */
  tooOld: z.enum(['refuse', 'empty']).default('refuse'),

  /** The probability that a report request inserts a row into a day it lists, and how many rows in all. */
  insertsPerRequest: z.number().min(0).max(1).default(0),
  insertsLimit: z.number().min(0).default(Infinity),

  /** How long a rotated refresh token stays valid; 0 is the hostile case. */
  refreshGraceSeconds: SECOND.default(0),
  /** In simulated seconds. */
  lifetimes: z
    .strictObject({
      accessToken: SECOND.default(3600),
      refreshToken: SECOND.default(90 * 86_400),
      code: SECOND.default(300),
      pageToken: SECOND.default(900),
    })
    .prefault({}),

  /**
   * Limits of an account's report requests on the simulated clock: `plan` is what Zoom documents, a number another
   * limit, `off` none. Per second is off by default so that tests run fast.
   */
  limits: z
    .strictObject({
      perSecond: z.union([z.literal('plan'), z.literal('off'), z.int().min(0)]).default('off'),
      perDay: z.union([z.literal('plan'), z.literal('off'), z.int().min(0)]).default('plan'),
    })
    .prefault({}),
  /** The time headers of a 429: all that Zoom documents, none, one form of `Retry-After`, or a random one. */
  limitHeaders: z.enum(['rich', 'bare', 'iso', 'seconds', 'http-date', 'mixed']).default('rich'),

  /** Recordings, chats, archives and their files. */
  content: z
    .strictObject({
      /** Whether listings of recordings include the day `to`; Zoom does not say so. */
      toInclusive: z.boolean().default(true),
      /** How long an address of the file host is valid, in simulated seconds. */
      signedUrlSeconds: SECOND.default(7200),
      /** How long the trash keeps files. */
      trashDays: z.number().min(0).default(30),
      /** Whether files in the trash can be downloaded; Zoom does not say so. */
      trashedDownloads: z.enum(['refuse', 'serve']).default('refuse'),
      /** `localhost`: the file host has another name than the API, so that a client treats the redirect as one to another origin. */
      fileHost: z.enum(['self', 'localhost']).default('self'),
      /** How long the `jwt` of a chat file is valid, in simulated seconds. */
      chatUrlSeconds: SECOND.default(3600),
      /** `false`: the account does not store edited and deleted chat messages. */
      chatRevisions: z.boolean().default(true),
      /** Which text an entry of `edited_messages` has; Zoom does not say so. */
      editText: z.enum(['new', 'old']).default('new'),
      /** The day under which edits and deletions are listed: that of the message, or that of the change. */
      editDay: z.enum(['message', 'edit']).default('message'),
      /** The pages that have edits and deletions: all, or the first one only. */
      editPages: z.enum(['every', 'first']).default('every'),
      /** How long Zoom keeps archived meetings after they are complete; it documents 1 to 30 days. */
      archiveDays: z.number().min(0).default(30),
    })
    .prefault({}),

  /** Faults that are active from the start: see fault-table.ts. */
  faults: z.array(z.string()).default([]),
  /** How long `slow-answer` and `slow-body` take, in real milliseconds. */
  slowMs: z.number().min(0).default(300),
  /** The time that an injected `rate-daily` states, in simulated milliseconds from now. */
  dailyRetryAfterMs: z.number().min(0).default(1500),
});

export type SimulatorOptions = z.input<typeof SimulatorOptionsSchema>;
export type Settings = z.output<typeof SimulatorOptionsSchema>;
export type AccountState = z.output<typeof AccountStateSchema>;
