import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import type { ConnectorFunction } from './connector-function.ts';

/** The secret of a source. It is created without a value: `connect` sets it, so that no template contains one. */
export class SourceSecret extends Construct {
  readonly arn: string;
  readonly #source: string;

  constructor(scope: Construct, id: string, { source, secretName }: { source: string; secretName: string }) {
    super(scope, id);
    const secret = new CfnSecret(this, 'Secret', {
      name: secretName,
      description: `Credentials of zoom-log-source for the Zoom account "${source}"; written by zoom-log-source connect ${source}`,
    });
    secret.applyRemovalPolicy(RemovalPolicy.DESTROY);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Zoom rotates the refresh token with each use, and the connector stores it. Only Zoom can issue the rest.',
    });
    this.arn = secret.ref;
    this.#source = source;
  }

  /** Allows a function to read and rotate it. A write first proposes a version, then makes it the current one. */
  grantReadWrite(grantee: ConnectorFunction): void {
    grantee.addEnvironmentEntry(this.#source, ENVIRONMENT.secrets, this.arn);
    grantee.allow({
      actions: [
        'secretsmanager:GetSecretValue',
        'secretsmanager:PutSecretValue',
        'secretsmanager:UpdateSecretVersionStage',
      ],
      resources: [this.arn],
    });
  }
}
