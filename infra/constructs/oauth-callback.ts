import { Duration, Stack, Validations } from 'aws-cdk-lib';
import {
  type CfnStage,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { auditPrefix, sourceKey } from '../../shared/contract/object-keys.ts';
import { stackAlarmName } from '../../shared/contract/alarms.ts';
import { CALLBACK_PATH, ENVIRONMENT } from '../../shared/contract/environment.ts';
import type { SourceConfig } from '../../shared/model/source-config.ts';
import { emittedMetric } from '../emitted-metric.ts';
import type { EventBucket } from './event-bucket.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import { ConnectorFunction } from './connector-function.ts';
import { RetainedLogGroup } from './retained-log-group.ts';
import type { OnCall } from './on-call.ts';
import type { ZoomSource } from './zoom-source.ts';

/** The HTTP API times out after 30 seconds. */
const TIMEOUT = Duration.seconds(29);

/**
 * Requests a second. Administrators only use the sources' own route. All other paths and methods have a separate small limit,
 * so that a scanner cannot use up theirs.
 */
const THROTTLE = { rateLimit: 20, burstLimit: 40 };
const THROTTLE_ELSEWHERE = { rateLimit: 1, burstLimit: 5 };

/** This many calls without a valid state within five minutes are more than a stray scanner. */
const MANY_STRANGERS = 100;

/** Never the query: it contains an authorization code. `$context.path` is without it. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  path: '$context.path',
  route: '$context.routeKey',
  status: '$context.status',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
  latencyMs: '$context.responseLatency',
};

export interface OauthCallbackProps {
  /** Those that connect by OAuth. */
  readonly sources: readonly ZoomSource[];
  readonly bucket: EventBucket;
  readonly onCall: OnCall;
  readonly xray: boolean;
}

/** The redirect target of Zoom's consent page: the only public endpoint of the deployment. */
export class OauthCallback extends Construct {
  readonly #api: HttpApi;

  constructor(scope: Construct, id: string, { sources, bucket, onCall, xray }: OauthCallbackProps) {
    super(scope, id);
    const callback = new ConnectorFunction(this, 'Callback', {
      entry: 'oauth-callback',
      description: "Connects a source when an administrator returns from Zoom's consent page",
      memoryMiB: 256,
      timeout: TIMEOUT,
      xray,
    });
    const { stackName } = Stack.of(this);
    callback.addEnvironment(ENVIRONMENT.stack, stackName);
    callback.addEnvironment(
      ENVIRONMENT.sources,
      JSON.stringify(sources.map(({ source }) => forCallback(source))),
    );
    bucket.grantReadWrite(callback, {
      once: sources.flatMap(({ source: { name } }) => [sourceKey(name), auditPrefix(name)]),
      again: [],
    });
    for (const source of sources) {
      source.secret.grantReadWrite(callback);
      source.grantSend(callback);
    }

    const integration = new HttpLambdaIntegration('Integration', callback.lambda);
    this.#api = new HttpApi(this, 'Api', {
      description: 'Redirect target for administrators who connect a source',
      createDefaultStage: false,
      // Another path or method gets an error page, not a line of JSON.
      defaultIntegration: integration,
    });
    const path = `${CALLBACK_PATH}/{source}`;
    const routes = this.#api.addRoutes({ path, methods: [HttpMethod.GET], integration });
    Validations.of(this.#api).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'A browser returns from Zoom without credentials. Its one-time state authorizes it.',
    });
    const accessLog = new RetainedLogGroup(this, 'AccessLog');
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.#api,
      autoDeploy: true,
      throttle: THROTTLE_ELSEWHERE,
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
    throttleRoute(stage, `${HttpMethod.GET} ${path}`, THROTTLE);
    stage.node.addDependency(...routes); // a stage can't throttle a route that doesn't exist yet
    new RunbookAlarm(this, 'callback-errors', {
      onCall,
      name: stackAlarmName(stackName, 'callback-errors'),
      description:
        'An administrator who returned from Zoom to connect a source got an error page. Collection is not affected.',
      heading: 'callback-errors',
      look: `aws logs tail ${callback.logGroup.logGroupName} --since 1h`,
      metric: callback.lambda.metricErrors(),
      // Connections are rare, so no value is normal.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    new RunbookAlarm(this, 'callback-strangers', {
      onCall,
      name: stackAlarmName(stackName, 'callback-strangers'),
      description: `The OAuth callback was called at least ${MANY_STRANGERS} times within five minutes without a state that this deployment issued: a scan or an attempt to guess. Such calls read and change nothing.`,
      heading: 'callback-strangers',
      look: `aws logs tail ${accessLog.logGroupName} --since 1h`,
      metric: emittedMetric('CallbackStrangers', { stack: stackName }, { statistic: 'Sum' }),
      threshold: MANY_STRANGERS,
      // No call, no value: this is normal.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** The redirect URL of a source, to register with Zoom. */
  redirectUrlOf(source: string): string {
    return `${this.#api.apiEndpoint}${CALLBACK_PATH}/${source}`;
  }
}

/** Sets a separate rate limit for a route. */
const throttleRoute = (
  stage: HttpStage,
  routeKey: string,
  { rateLimit, burstLimit }: typeof THROTTLE,
): void => {
  (stage.node.defaultChild as CfnStage).routeSettings = {
    [routeKey]: { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit },
  };
};

/** A Lambda's environment is small: fields that the callback does not need are omitted. */
const forCallback = ({ name, auth, accountId, host, streams, requestsPerSecond }: SourceConfig): object => ({
  name,
  auth,
  accountId,
  host,
  streams,
  requestsPerSecond,
});
