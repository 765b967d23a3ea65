import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { closeLater } from '../support/zoom.ts';
import type { Emulator } from './ministack.ts';

/** A request to AWS on its way. */
export interface AwsRequest {
  readonly method: string;
  readonly path: string;
  /** `PutSecretValue` and the like; empty for S3, which goes by method and path. */
  readonly operation: string;
}

/** What goes wrong with a request. */
export type Fault =
  /** AWS has processed the request, but the response is lost. */
  | 'answer-lost'
  /** AWS has processed the request, and its response breaks off in the middle of the body. */
  | 'answer-cut'
  /** AWS receives no request; this is the response. */
  | { readonly status: number; readonly body: string };

/** The emulator behind a faulty connection. `fault` decides about each request; at first it passes all of them. */
export interface FaultyAws extends Emulator {
  fault: (request: AwsRequest) => Fault | undefined;
  readonly requests: AwsRequest[];
}

/** Applies a fault to the first `times` requests that `applies` selects. */
export const firstTimes = (
  times: number,
  applies: (request: AwsRequest) => boolean,
  fault: Fault,
): FaultyAws['fault'] => {
  let met = 0;
  return (requested) => (applies(requested) && (met += 1) <= times ? fault : undefined);
};

/** Puts such a wire before an emulator; gone after the test. */
export const aFaultyAws = async (emulator: Emulator): Promise<FaultyAws> => {
  const server = createServer((incoming, response) => {
    respond(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLater(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const faulty: FaultyAws = {
    ...emulator,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fault: () => undefined,
    requests: [],
  };

  const respond = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url: path = '', headers } = incoming;
    const body = await buffer(incoming);
    const operation =
      String(headers['x-amz-target'] ?? '')
        .split('.')
        .at(-1) ?? '';
    const requested: AwsRequest = { method, path, operation };
    faulty.requests.push(requested);

    const fault = faulty.fault(requested);
    if (typeof fault === 'object') {
      response.writeHead(fault.status, { 'content-type': 'application/xml' }).end(fault.body);
      return;
    }
    const given = await new Promise<IncomingMessage>((resolve, reject) => {
      request(new URL(path, emulator.endpoint), { method, headers }, resolve).on('error', reject).end(body);
    });
    const answered = await buffer(given);
    if (fault === 'answer-lost') response.destroy();
    else if (fault === 'answer-cut') {
      response.writeHead(given.statusCode ?? 500, given.headers);
      response.write(answered.subarray(0, answered.length / 2), () => response.destroy());
    } else response.writeHead(given.statusCode ?? 500, given.headers).end(answered);
  };
  return faulty;
};
