import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { ConnectionSecret, SecretStore } from '../connect/ports.ts';
import { ConfigurationError } from '../errors.ts';
import { type RetryContext, backOff } from './back-off.ts';
import { toConfigurationError, nameOf } from './aws-errors.ts';
import { readSecretText } from './secret-text.ts';

/** The label of the current version. Only `update` moves it. */
const CURRENT = 'AWSCURRENT';

/** The label of a version before it becomes the current one. */
const PROPOSED = 'PROPOSED';

/** The errors by which AWS says that CURRENT has moved (it doesn't document which of the three). */
const MOVED_ON = new Set([
  'InvalidParameterException',
  'InvalidRequestException',
  'ResourceNotFoundException',
]);

/** How often other writers may interfere before a change fails. */
const MAX_ROUNDS = 20;

export interface SecretVersion {
  /** Empty if nothing was stored yet. */
  readonly secret: ConnectionSecret;
  /** The version that an update replaces; undefined for a secret that never had a value. */
  readonly versionId: string | undefined;
}

/**
 * The secret of one source, for any number of readers and writers.
 *
 * Secrets Manager has no conditional write, but a conditional label: AWSCURRENT is moved from one version to another only
 * if it is where the caller says. So a write first stores a version under an unused label, then moves AWSCURRENT onto it
 * from the version that was read. Of all writers that replace one version one succeeds, even if the other is an operator in
 * the console. A kill between the two steps leaves the old version current. (A ClientRequestToken made from the replaced
 * version needs one call less, but overwrites what an operator stored meanwhile, and the emulators let the second one win.)
 */
export class SourceSecrets implements SecretStore {
  readonly #client: SecretsManagerClient;
  readonly #retryContext: RetryContext;
  readonly #source: string;
  readonly #secretId: string;

  /** `secretId` is the name or the ARN. */
  constructor(client: SecretsManagerClient, retryContext: RetryContext, source: string, secretId: string) {
    this.#client = client;
    this.#retryContext = retryContext;
    this.#source = source;
    this.#secretId = secretId;
  }

  async read(): Promise<SecretVersion> {
    const { text, versionId } = await this.#load();
    return { secret: this.#parse(text), versionId };
  }

  /** Stores a secret in place of the version named. False, and nothing changed, if that is no longer the current one. */
  async update(expectedVersionId: string | undefined, secret: ConnectionSecret): Promise<boolean> {
    const proposed = await this.#propose(secret);
    try {
      await this.#client.send(
        new UpdateSecretVersionStageCommand({
          SecretId: this.#secretId,
          VersionStage: CURRENT,
          MoveToVersionId: proposed,
          RemoveFromVersionId: expectedVersionId,
        }),
      );
      return true;
    } catch (error) {
      if (!MOVED_ON.has(nameOf(error)))
        throw this.#withConfigurationErrors(error, 'secretsmanager:UpdateSecretVersionStage');
      // The SDK repeats a move whose response was lost, and the repetition is refused: then the first one was ours.
      return (await this.#load()).versionId === proposed;
    }
  }

  async change(
    edit: (secret: ConnectionSecret) => ConnectionSecret | undefined,
    malformed: 'refuse' | 'replace' = 'refuse',
  ): Promise<boolean> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const { text, versionId } = await this.#load();
      const edited = edit(malformed === 'replace' ? (readSecretText(text).secret ?? {}) : this.#parse(text));
      if (edited === undefined) return false;
      if (await this.update(versionId, edited)) return true;
      await backOff(this.#retryContext, round);
    }
    throw new Error(`${this.#name} kept changing during the update. Run the command again.`);
  }

  async #load(): Promise<{ text: string; versionId: string | undefined }> {
    try {
      const { SecretString: text = '', VersionId: versionId } = await this.#client.send(
        new GetSecretValueCommand({ SecretId: this.#secretId, VersionStage: CURRENT }),
      );
      return { text, versionId };
    } catch (error) {
      if (holdsNothing(error)) return { text: '', versionId: undefined };
      throw this.#withConfigurationErrors(error, 'secretsmanager:GetSecretValue');
    }
  }

  async #propose(secret: ConnectionSecret): Promise<string | undefined> {
    try {
      const { VersionId } = await this.#client.send(
        new PutSecretValueCommand({
          SecretId: this.#secretId,
          SecretString: JSON.stringify(secret),
          VersionStages: [PROPOSED],
        }),
      );
      return VersionId;
    } catch (error) {
      throw this.#withConfigurationErrors(error, 'secretsmanager:PutSecretValue');
    }
  }

  #parse(text: string): ConnectionSecret {
    const { secret, problem } = readSecretText(text);
    if (secret) return secret;
    throw new ConfigurationError(
      'secret-malformed',
      `${this.#name} is malformed (${problem}). Set it again: bin/zoom-log-source connect ${this.#source}`,
    );
  }

  get #name(): string {
    return `The secret ${this.#secretId} of the source "${this.#source}"`;
  }

  #withConfigurationErrors(error: unknown, action: string): unknown {
    if (nameOf(error) === 'ResourceNotFoundException') {
      return new ConfigurationError(
        'secret-missing',
        `${this.#name} does not exist. Deploy the stack with this source in sources.json (npm run deploy), then connect it: ` +
          `bin/zoom-log-source connect ${this.#source}`,
        { cause: error },
      );
    }
    if (nameOf(error) === 'InvalidRequestException') {
      return new ConfigurationError(
        'secret-deleted',
        `${this.#name} is marked for deletion. Restore it: aws secretsmanager restore-secret --secret-id ${this.#secretId}`,
        { cause: error },
      );
    }
    return toConfigurationError(error, { action, resource: `the secret ${this.#secretId}` });
  }
}

/** A secret that exists without a value: AWS then reports the label as missing, not the secret. */
const holdsNothing = (error: unknown): boolean =>
  nameOf(error) === 'ResourceNotFoundException' && /staging label/i.test((error as Error).message);
