import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { createSqs } from '../../shared/aws/clients.ts';
import { createState } from '../../shared/connect/connection-state.ts';
import { accessTo, secretsAt } from '../emulator/aws.ts';
import { describeWithEmulator } from '../emulator/describe-with-emulator.ts';
import { consentedQuery } from '../support/connecting.ts';
import { aZoom } from '../support/zoom.ts';
import { aDeployment, begin, SOURCE } from './deployment.ts';
import { aRequest, aSchedule } from './events.ts';
import { invoke } from './invoke.ts';

const PATH = `/oauth/callback/${SOURCE}`;

interface Answer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

describeWithEmulator('the oauth-callback function', (emulator) => {
  const aBegunDeployment = async () => {
    const aws = emulator();
    const zoom = await aZoom({ now: new Date(), speed: 1 });
    const deployment = await aDeployment(aws, zoom, undefined, 'oauth');
    const begun = await begin(aws, deployment);
    const secrets = secretsAt(aws, deployment.resources.secretId);
    return { aws, deployment, begun, secrets };
  };

  it('connects once, requests the first collection, and logs no secret', async () => {
    const { aws, deployment, begun, secrets } = await aBegunDeployment();
    const query = await consentedQuery(begun);
    const verifier = (await secrets.read()).secret.pending?.codeVerifier;

    const { results, lines, output } = await invoke('oauth-callback', deployment.environment, [
      aRequest(PATH, query),
      aRequest(PATH, query),
    ]);

    const [first, second] = results.map(({ value }) => value as Answer);
    expect(first).toMatchObject({ statusCode: 200, body: expect.stringContaining('is connected') });
    expect(second).toMatchObject({ statusCode: 400, body: expect.stringContaining('has expired') });
    expect(first?.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    const requestId = '00000000-0000-4000-8000-00000000000';
    expect(lines).toMatchObject([
      { level: 'INFO', outcome: 'connected', source: SOURCE, function_request_id: `${requestId}0` },
      { level: 'WARN', outcome: 'stale', why: 'none-pending', function_request_id: `${requestId}1` },
    ]);
    expect(second?.body).toContain(`${requestId}1`);

    const { secret } = await secrets.read();
    const { Messages: requestedPolls = [] } = await createSqs(accessTo(aws)).send(
      new ReceiveMessageCommand({ QueueUrl: deployment.resources.queueUrl }),
    );
    expect(requestedPolls.map(({ Body }) => JSON.parse(Body ?? '') as unknown)).toEqual([{ poll: SOURCE }]);
    const recorded = output + JSON.stringify(results);
    const code = new URLSearchParams(query).get('code');
    for (const word of [
      code,
      begun.state,
      verifier,
      secret.grant?.accessToken,
      secret.grant?.refreshToken,
      secret.app?.clientSecret,
    ]) {
      expect(word).toMatch(/.{12}/);
      expect(recorded).not.toContain(word);
    }
  });

  it('responds to other paths and methods with a page and one line, and changes nothing', async () => {
    const { deployment, secrets } = await aBegunDeployment();
    const before = await secrets.read();

    const { results, lines } = await invoke('oauth-callback', deployment.environment, [
      aRequest('/', 'code=a&state=b'),
      aRequest('/oauth/callback/another', 'code=a&state=b'),
      aRequest(PATH, 'code=a&state=b', 'POST'),
      aRequest(PATH, 'error=access_denied&state=a'),
      aRequest(PATH, 'code=a&code=b&state=c'),
    ]);

    expect(results.map(({ value }) => (value as Answer).statusCode)).toEqual([404, 404, 405, 403, 400]);
    const recorded = lines.filter(({ message }) => message === 'callback');
    expect(recorded.map(({ outcome }) => outcome)).toEqual([
      'not-found',
      'not-found',
      'wrong-method',
      'declined',
      'malformed',
    ]);
    expect(await secrets.read()).toEqual(before);
    const counts = lines.filter(({ CallbackStrangers }) => CallbackStrangers !== undefined);
    expect(counts).toHaveLength(5);
    expect(counts[0]).toMatchObject({ Stack: 'zoom-log-source', CallbackStrangers: 1 });
  });

  it('makes no AWS request for strangers: it responds without AWS', async () => {
    const { deployment } = await aBegunDeployment();
    const requested: string[] = [];
    const aws = createServer((request, response) => {
      requested.push(String(request.headers['x-amz-target'] ?? request.url));
      response.writeHead(500).end();
    });
    await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
    const environment = { ...deployment.environment, AWS_ENDPOINT_URL: endpoint, AWS_MAX_ATTEMPTS: '1' };
    const random = 'A'.repeat(43);
    const strangers = [
      aRequest(PATH, 'error=access_denied'),
      aRequest(PATH, `error=access_denied&state=${random}`),
      aRequest(PATH, `error=server_error&state=${random}`),
      aRequest(PATH, `code=a&state=${random}`),
      aRequest(PATH, `code=a&state=${random}A`),
      aRequest(PATH, 'code=a&state=b'),
      aRequest('/', 'code=a'),
    ];
    const state = createState({ source: SOURCE, secretId: deployment.resources.secretId }, randomBytes);

    const { results } = await invoke('oauth-callback', environment, strangers);
    const calledByStrangers = [...requested];
    await invoke('oauth-callback', environment, [aRequest(PATH, `code=a&state=${state}`)]);
    aws.closeAllConnections();
    await new Promise((resolve) => aws.close(resolve));

    expect(results.map(({ value }) => (value as Answer).statusCode)).toEqual([
      403, 403, 400, 400, 400, 400, 404,
    ]);
    expect(calledByStrangers).toEqual([]);
    expect(requested).toContain('secretsmanager.GetSecretValue');
  });

  it('returns a page with status 500 if the secret is missing, and logs a remedy', async () => {
    const { deployment } = await aBegunDeployment();
    const environment = { ...deployment.environment, SECRETS: JSON.stringify({ [SOURCE]: 'gone' }) };

    const { results, lines } = await invoke('oauth-callback', environment, [
      aRequest(PATH, `code=a&state=${createState({ source: SOURCE, secretId: 'gone' }, randomBytes)}`),
    ]);

    expect(results[0]?.value).toMatchObject({
      statusCode: 500,
      body: expect.stringContaining('on our side'),
    });
    expect(lines).toMatchObject([{ level: 'ERROR', outcome: 'unexpected' }]);
    expect(JSON.stringify(lines)).toContain('connect acme');
  });

  it('refuses an event of another kind', async () => {
    const { deployment } = await aBegunDeployment();

    const { results } = await invoke('oauth-callback', deployment.environment, [aSchedule()]);

    expect(results[0]?.error?.message).toMatch(/^Refused/);
  });
});
