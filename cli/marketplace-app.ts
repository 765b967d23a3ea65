import type { SourceConfig } from '../shared/model/source-config.ts';
import { STREAMS } from '../shared/model/stream.ts';

/** The instructions to create the app in Zoom's App Marketplace. */
export const appToCreate = (
  { auth, host, streams }: Pick<SourceConfig, 'auth' | 'host' | 'streams'>,
  redirectUrl: string | undefined,
): string => {
  const cloud = host === 'zoomgov.com' ? 'zoomgov.com' : 'zoom.us';
  const scopes = streams.map((stream) => STREAMS[stream].scope);
  const who = auth === 'oauth' ? [{ granular: 'user:read:user:admin', classic: 'user:read:admin' }] : [];
  const granular = [...scopes, ...who].map((scope) => scope.granular);
  const classic = [...new Set([...scopes, ...who].map((scope) => scope.classic))];
  const kind =
    auth === 'oauth' ? 'General app, managed by an admin' : 'Server-to-Server OAuth app of the account';
  const lines = [
    `In Zoom's App Marketplace (https://marketplace.${cloud}/develop/create), create this app:`,
    '',
    `  Kind          ${kind}`,
    ...(redirectUrl === undefined
      ? []
      : [`  Redirect URL  ${redirectUrl}`, `                (also on the allow list, exactly as shown)`]),
    ...granular.map((scope, index) => `  ${index === 0 ? 'Scopes        ' : '              '}${scope}`),
    `                (an app with classic scopes: ${classic.join(' and ')})`,
    ...(auth === 'oauth' ? [] : ['  Activation    activate the app']),
  ];
  return `${lines.join('\n')}\n\n`;
};
