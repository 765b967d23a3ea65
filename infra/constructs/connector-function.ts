import { join } from 'node:path';
import { type Duration, Lazy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type PolicyStatementProps, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import type { ENVIRONMENT } from '../../shared/contract/environment.ts';
import { RetainedLogGroup } from './retained-log-group.ts';

/** An environment variable of a function. */
export type Variable = (typeof ENVIRONMENT)[keyof typeof ENVIRONMENT];

export interface ConnectorFunctionProps {
  /** A file of `lambdas/`, without its extension. */
  readonly entry: string;
  readonly description: string;
  readonly memoryMiB: number;
  readonly timeout: Duration;
  readonly xray: boolean;
}

const LAMBDAS = join(import.meta.dirname, '../../lambdas');

/** Packages written for `require` find none in an ES module. */
const REQUIRE = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

/**
 * The defaults of all our functions: arm64, the newest Node, one small bundle, logs with limited retention, and a role that
 * may only write them. Each resource that a function uses adds its environment variable and its permission in one call.
 */
export class ConnectorFunction extends Construct {
  readonly lambda: NodejsFunction;
  readonly logGroup: RetainedLogGroup;
  readonly #role: Role;
  readonly #maps = new Map<Variable, Record<string, string>>();

  constructor(scope: Construct, id: string, props: ConnectorFunctionProps) {
    super(scope, id);
    const { entry, description, memoryMiB, timeout, xray } = props;
    this.logGroup = new RetainedLogGroup(this, 'Log');
    this.#role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.allow({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [this.logGroup.logGroupArn],
    });

    this.lambda = new NodejsFunction(this, 'Function', {
      entry: join(LAMBDAS, `${entry}.ts`),
      description,
      memorySize: memoryMiB,
      timeout,
      role: this.#role,
      logGroup: this.logGroup,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      tracing: xray ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: { NODE_OPTIONS: '--enable-source-maps' },
      awsSdkConnectionReuse: false, // a switch of SDK 2
      bundling: {
        format: OutputFormat.ESM,
        target: 'node24',
        mainFields: ['module', 'main'],
        externalModules: [],
        bundleAwsSDK: true,
        minify: true,
        sourceMap: true,
        sourcesContent: false,
        banner: REQUIRE,
      },
    });
    if (xray) this.acknowledge('*', 'X-Ray has no resource-level permissions.');
  }

  /** Sets an environment variable. */
  addEnvironment(variable: Variable, value: string): void {
    this.lambda.addEnvironment(variable, value);
  }

  /** Adds an entry for a source; the variable is a JSON map from sources to values. */
  addEnvironmentEntry(source: string, variable: Variable, value: string): void {
    const entries = this.#maps.get(variable);
    if (entries) {
      entries[source] = value;
      return;
    }
    const map = { [source]: value };
    this.#maps.set(variable, map);
    this.addEnvironment(variable, Lazy.string({ produce: () => Stack.of(this).toJsonString(map) }));
  }

  allow(statement: PolicyStatementProps): void {
    this.#role.addToPolicy(new PolicyStatement(statement));
  }

  /** Records why a resource with a wildcard is as narrow as possible. In the form of the template: `<LogicalId.Arn>/raw/*`. */
  acknowledge(resource: string, reason: string): void {
    Validations.of(this.#role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
  }
}
