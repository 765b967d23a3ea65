import type { CallbackResult } from '../../shared/connect/callback-result.ts';
import type { StreamCheck } from '../../shared/connect/check-streams.ts';
import { METHOD_NOT_ALLOWED, NOT_FOUND, UNEXPECTED } from '../../shared/connect/pages/other-pages.ts';
import type { Page } from '../../shared/connect/pages/page.ts';
import { resultToPage } from '../../shared/connect/pages/result-to-page.ts';

export interface Specimen {
  readonly page: Page;
  /** The texts that it must show. */
  readonly shows: readonly RegExp[];
}

const SOURCE = { name: 'acme-emea', host: 'zoom.us' } as const;

const pageOf = (result: CallbackResult): Page => resultToPage(result, SOURCE);

const readable = (stream: 'operation' | 'activity'): StreamCheck => ({ stream, readable: true });

const unreadable = (stream: 'operation' | 'activity', reason: string): StreamCheck => ({
  stream,
  readable: false,
  reason,
  message: `Zoom refuses the report: it is disabled. [HTTP 400, tracking id WEB_e93cefd55d634b]`,
});

const connected = (...streams: StreamCheck[]): Page =>
  pageOf({
    outcome: 'connected',
    auth: 'oauth',
    authorizedBy: 'ines@quillmere.example',
    accountId: 'q6gBJVO5TzexKYTb_I2rpg',
    streams,
    pollRequested: true,
  });

/** Every page that a user can see. */
export const SPECIMENS: Readonly<Record<string, Specimen>> = {
  connected: {
    page: connected(readable('operation'), readable('activity')),
    shows: [/“acme-emea” is connected/, /Operation log\s+Readable/, /Sign in \/ sign out log\s+Readable/],
  },
  'scope-missing': {
    page: connected(readable('operation'), unreadable('activity', 'scope-missing')),
    shows: [
      /can’t read the sign in/,
      /Scope missing/,
      /report:read:user_activities:admin/,
      /connect acme-emea/,
    ],
  },
  'role-too-weak': {
    page: connected(unreadable('operation', 'role-too-weak'), unreadable('activity', 'role-too-weak')),
    shows: [/can’t read anything yet/, /Admin Activity Logs \(view\)/, /Usage Reports \(view\)/],
  },
  'plan-and-unknown': {
    page: connected(unreadable('operation', 'plan-too-small'), unreadable('activity', 'unknown')),
    shows: [/Pro plan/, /Not checked yet/],
  },
  'other-refusal': {
    page: connected(readable('operation'), unreadable('activity', 'app-disabled')),
    shows: [/Not readable/, /it is disabled/],
  },
  declined: {
    page: pageOf({ outcome: 'declined', awaited: true }),
    shows: [/Consent was declined/, /Nothing was changed/],
  },
  'zoom-error': {
    page: pageOf({ outcome: 'zoom-error', error: 'invalid_scope', awaited: true }),
    shows: [/Zoom reported an error/, /invalid_scope/],
  },
  malformed: {
    page: pageOf({ outcome: 'malformed', problem: 'missing' }),
    shows: [/not complete/, /is missing/],
  },
  stale: {
    page: pageOf({ outcome: 'stale', why: 'expired' }),
    shows: [/has expired/, /older than ten minutes/, /connect acme-emea/],
  },
  'another-account': {
    page: pageOf({
      outcome: 'another-account',
      by: 'first-connection',
      authorizedBy: undefined,
      pinned: 'q6gBJVO5TzexKYTb_I2rpg',
      offered: 'Zx81LLkeQ1uJ0cwT8aBvPA',
      revoked: true,
    }),
    shows: [
      /another Zoom account/,
      /q6gBJVO5TzexKYTb_I2rpg/,
      /Zx81LLkeQ1uJ0cwT8aBvPA/,
      /was revoked at Zoom/,
    ],
  },
  'another-account-than-configured': {
    page: pageOf({
      outcome: 'another-account',
      by: 'configuration',
      authorizedBy: 'ines@quillmere.example',
      pinned: 'q6gBJVO5TzexKYTb_I2rpg',
      offered: 'Zx81LLkeQ1uJ0cwT8aBvPA',
      revoked: true,
    }),
    shows: [/configuration of/, /as ines@quillmere\.example/, /accountId/, /was revoked at Zoom/],
  },
  'another-account-not-revoked': {
    page: pageOf({
      outcome: 'another-account',
      by: 'first-connection',
      authorizedBy: undefined,
      pinned: 'one',
      offered: 'two',
      revoked: false,
    }),
    shows: [/could not be revoked/, /Remove the app/],
  },
  unidentified: {
    page: pageOf({ outcome: 'unidentified', reason: 'scope-missing', message: '', revoked: true }),
    shows: [/whose account/, /user:read:user:admin/],
  },
  refused: {
    page: pageOf({
      outcome: 'refused',
      reason: 'credentials-wrong',
      message: "client id and secret don't match.",
    }),
    shows: [/Zoom refused/, /client id and secret don't match/],
  },
  'zoom-failing': {
    page: pageOf({ outcome: 'zoom-failing', message: 'no answer' }),
    shows: [/Zoom did not respond/, /status\.zoom\.us/],
  },
  'not-found': { page: NOT_FOUND, shows: [/Page not found/] },
  'wrong-method': { page: METHOD_NOT_ALLOWED, shows: [/read-only/] },
  unexpected: { page: UNEXPECTED, shows: [/on our side/, /reference below/] },
};
