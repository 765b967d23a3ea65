import { Aws } from 'aws-cdk-lib';
import { AccountPrincipal, type IPrincipal, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import type { ReaderConfig } from '../shared/model/reader-config.ts';

/** Microsoft's directory that issues Sentinel's identity, and Sentinel's application id there. Commercial cloud. */
const SENTINEL = {
  issuer: 'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/',
  audience: 'api://1462b192-27f7-4cb9-8523-0f4ecb54b47e',
};

/** The principal that may assume the role of a reader; undefined if it has no role. */
export const readerPrincipal = (
  { account, sentinelWorkspaceId }: ReaderConfig,
  externalId: string | undefined,
): IPrincipal | undefined => {
  if (account !== undefined) {
    return new AccountPrincipal(account).withConditions({
      Bool: { 'aws:SecureTransport': 'true' },
      ...(externalId !== undefined && { StringEquals: { 'sts:ExternalId': externalId } }),
    });
  }
  if (sentinelWorkspaceId === undefined) return undefined;
  const provider = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:oidc-provider/${SENTINEL.issuer}`;
  return new WebIdentityPrincipal(provider, {
    StringEquals: {
      [`${SENTINEL.issuer}:aud`]: SENTINEL.audience,
      'sts:RoleSessionName': `MicrosoftSentinel_${sentinelWorkspaceId}`,
    },
  });
};
