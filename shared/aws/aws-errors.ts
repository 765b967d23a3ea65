import { ConfigurationError } from '../errors.ts';

/** What AWS was asked for, in the words of a role's policy. */
export interface AwsRequest {
  /** Such as `s3:PutObject`. */
  readonly action: string;
  /** Such as `s3://bucket/prefix/raw/`. */
  readonly resource: string;
}

/** The caller is known, and may not. Secrets Manager says so with status 400, hence by name. */
const DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'KmsAccessDenied',
  'DecryptionFailure',
  'EncryptionFailure',
]);

/** The caller is not known: no credentials, or none that AWS takes. */
const UNKNOWN_CALLER = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'InvalidToken',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

/**
 * A refusal that concerns all of AWS, as the ConfigurationError that tells the operator what to do; anything else as it
 * is. AWS's own text stays in the cause: it names accounts and roles.
 */
export const toConfigurationError = (error: unknown, { action, resource }: AwsRequest): unknown => {
  const name = nameOf(error);
  if (UNKNOWN_CALLER.has(name)) {
    return new ConfigurationError(
      'aws-credentials',
      `AWS does not know who asks for ${action} on ${resource} (${name}). Log in to AWS, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID ` +
        `and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN, if they are temporary).`,
      { cause: error },
    );
  }
  if (DENIED.has(name) || statusOf(error) === 403) {
    return new ConfigurationError(
      'aws-denied',
      `AWS refuses ${action} on ${resource}. Allow it in the policy of the role or user that asks, and look for a statement that ` +
        `denies it. If the data is encrypted with a key of your own, kms:Decrypt and kms:GenerateDataKey on that key as well.`,
      { cause: error },
    );
  }
  if (error instanceof Error && error.message === 'Region is missing') {
    return new ConfigurationError(
      'aws-region',
      `Nothing says in which AWS region ${resource} is. Set AWS_REGION, or a region in the AWS profile.`,
      { cause: error },
    );
  }
  return error;
};

/** The HTTP status that AWS answered with; undefined if it didn't. */
export const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;

/** How often the SDK sent a request before it gave up with this error; undefined if the error does not say. */
export const attemptsOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { attempts?: number } } | undefined)?.$metadata?.attempts;

export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');
