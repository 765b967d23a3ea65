import { ConfigurationError } from '../errors.ts';

/** A request to AWS, in the terms of an IAM policy. */
export interface AwsRequest {
  /** Such as `s3:PutObject`. */
  readonly action: string;
  /** Such as `s3://bucket/prefix/raw/`. */
  readonly resource: string;
}

/** The caller is authenticated but not allowed. Matched by name, because Secrets Manager uses status 400 for it. */
const DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'KmsAccessDenied',
  'DecryptionFailure',
  'EncryptionFailure',
]);

/** The caller is not authenticated: no credentials, or none that AWS accepts. */
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
 * Turns a refusal that any AWS service can give into a ConfigurationError that says what to do; returns any other error
 * unchanged. AWS's own text stays in the cause, because it names accounts and roles.
 */
export const toConfigurationError = (error: unknown, { action, resource }: AwsRequest): unknown => {
  const name = nameOf(error);
  if (UNKNOWN_CALLER.has(name)) {
    return new ConfigurationError(
      'aws-credentials',
      `AWS rejected the credentials for ${action} on ${resource} (${name}). Log in to AWS, or set AWS_PROFILE, or set ` +
        `AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN, if they are temporary).`,
      { cause: error },
    );
  }
  if (DENIED.has(name) || statusOf(error) === 403) {
    return new ConfigurationError(
      'aws-denied',
      `AWS denied ${action} on ${resource}. Allow it in the policy of the calling role or user, and look for a statement that ` +
        `denies it. If the data is encrypted with your own key, also allow kms:Decrypt and kms:GenerateDataKey on that key.`,
      { cause: error },
    );
  }
  if (error instanceof Error && error.message === 'Region is missing') {
    return new ConfigurationError(
      'aws-region',
      `AWS region not set for ${resource}. Set AWS_REGION, or a region in the AWS profile.`,
      { cause: error },
    );
  }
  return error;
};

/** The HTTP status of AWS's response; undefined if there was none. */
export const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;

/** How often the SDK sent a request before it gave up with this error; undefined if the error does not say. */
export const attemptsOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { attempts?: number } } | undefined)?.$metadata?.attempts;

export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');
