import { DEFAULT_ACCOUNT } from './options.ts';

/** The variables that point a client at a simulator's default account. */
export const clientEnvironment = ({ apiUrl, oauthUrl }: { apiUrl: string; oauthUrl: string }) => ({
  ZOOM_API_URL: apiUrl,
  ZOOM_OAUTH_URL: oauthUrl,
  ZOOM_ACCOUNT_ID: DEFAULT_ACCOUNT.accountId,
  ZOOM_CLIENT_ID: DEFAULT_ACCOUNT.clientId,
  ZOOM_CLIENT_SECRET: DEFAULT_ACCOUNT.clientSecret,
});
