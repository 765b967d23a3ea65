/* eslint-disable @typescript-eslint/no-deprecated -- the handlers of undici's own requests have these methods alone */
import { Dispatcher } from 'undici';
import { type Call, toCall } from '../../../simulator/call.ts';
import type { Answer, BodyStream } from '../../../simulator/response.ts';
import type { Process, Scheduler } from '../scheduler.ts';
import { ORIGIN } from '../simulated-zoom.ts';

/** What a process needs to reach the file host. */
export interface DispatcherContext {
  readonly process: Process;
  readonly scheduler: Scheduler;
  readonly respond: (call: Call) => Answer;
  readonly chunkBytes: number;
}

/** A connection that ended early. */
const reset = (): Error => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

/** HTTP without sockets: the head of a response is an effect, and so is each chunk of its body. */
export class WorldDispatcher extends Dispatcher {
  readonly #context: DispatcherContext;

  constructor(context: DispatcherContext) {
    super();
    this.#context = context;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    let isAborted = false;
    handler.onConnect?.((error) => {
      if (isAborted) return;
      isAborted = true;
      queueMicrotask(() => handler.onError?.(error ?? new Error('aborted')));
    });
    void this.#exchange(options, handler, () => isAborted);
    return true;
  }

  override destroy(): Promise<void> {
    return Promise.resolve();
  }

  async #exchange(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
    isAborted: () => boolean,
  ): Promise<void> {
    const { process, scheduler, respond } = this.#context;
    const url = new URL(options.path, options.origin ?? ORIGIN);
    const headers = options.headers as Record<string, string>;
    const call = toCall({ method: options.method, url, headers, body: '' });
    const ranged = call.range === undefined ? '' : ` ${call.range}`;
    const response = await scheduler.effect(process, 'http', `GET ${url.pathname}${ranged}`, () => {
      const served = respond(call);
      scheduler.note(`zoom answers ${served.status} ${served.delivery?.breaks ?? ''}`);
      return served;
    });
    if (isAborted()) return;
    if ('kind' in response || response.delivery?.breaks === 'no-answer') {
      handler.onError?.(reset());
      return;
    }
    const stream = response.stream ?? textStream(response.body);
    handler.onHeaders?.(response.status, rawHeaders(response, stream), () => undefined, '');
    const isWhole = await this.#send(url.pathname, stream, response, handler, isAborted);
    if (isAborted()) return;
    if (isWhole) handler.onComplete?.([]);
    else handler.onError?.(reset());
  }

  /** Sends a body, or its first half. Whether it was sent whole. */
  async #send(
    path: string,
    stream: BodyStream,
    { delivery }: Answer,
    handler: Dispatcher.DispatchHandler,
    isAborted: () => boolean,
  ): Promise<boolean> {
    const { process, scheduler, chunkBytes } = this.#context;
    const limit = delivery?.breaks === undefined ? Infinity : Math.floor(stream.length / 2);
    let sent = 0;
    for (const whole of stream.chunks()) {
      for (let at = 0; at < whole.length; at += chunkBytes) {
        const chunk = whole.subarray(at, Math.min(whole.length, at + chunkBytes)).subarray(0, limit - sent);
        const arrived = await scheduler.effect(process, 'http', `bytes ${path}`, (): unknown => 'arrived');
        if (isAborted()) return false;
        if (arrived !== 'arrived') return false;
        if (chunk.length > 0) handler.onData?.(Buffer.from(chunk));
        sent += chunk.length;
        if (sent >= limit) return false;
      }
    }
    return limit === Infinity;
  }
}

const textStream = (text: string): BodyStream => {
  const bytes = Buffer.from(text);
  return { length: bytes.length, chunks: () => [bytes] };
};

/** The headers as they arrive, with the framing of the body. */
const rawHeaders = ({ headers = {}, delivery, stream }: Answer, { length }: BodyStream): Buffer[] => {
  const { 'content-length': stated, ...others } = headers;
  const framing = stream ? (delivery?.framing ?? (stated === undefined ? 'chunked' : 'length')) : 'length';
  const all: Record<string, string> = {
    ...others,
    ...(framing === 'length' && { 'content-length': stated ?? String(length) }),
    ...(framing === 'chunked' && { 'transfer-encoding': 'chunked' }),
  };
  return Object.entries(all).flatMap(([name, value]) => [Buffer.from(name), Buffer.from(value)]);
};
