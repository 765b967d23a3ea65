import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCollectMessage } from '../../shared/model/collect-message.ts';
import { collectMessages } from '../../shared/triggers/collect-messages.ts';
import type { TriggeredConnector } from '../../shared/triggers/ports.ts';
import { parseTrigger } from '../../shared/triggers/trigger.ts';
import { aSchedule, messages } from '../lambdas/events.ts';
import { never } from '../support/builders/collector.ts';
import { damagedText, damagedValue, FUZZ_TIMEOUT_MS, runs } from '../support/builders/damage.ts';

const quiet = (): void => undefined;

/** A connector without methods: any call fails. */
const UNUSED_CONNECTOR = {} as TriggeredConnector;

const SLICE = { source: 'acme', stream: 'operation', day: '2026-11-18' };
const QUEUE = messages(SLICE, { poll: 'acme' });

describe('any event of the poller', () => {
  it.each([
    ['a schedule', aSchedule()],
    ['a queue', QUEUE],
  ])(
    'is read with every message that it has, or refused with a TypeError that is short: %s',
    (_, good) => {
      fc.assert(
        fc.property(damagedValue(good), (event) => {
          try {
            const trigger = parseTrigger(event);
            if (trigger.kind !== 'queue') return;
            const { Records } = event as { Records: { messageId: string; body: string }[] };
            expect(trigger.records.map(({ messageId }) => messageId)).toEqual(
              Records.map(({ messageId }) => messageId),
            );
            expect(trigger.records.map(({ body }) => body)).toEqual(Records.map(({ body }) => body));
          } catch (error) {
            expect(error).toBeInstanceOf(TypeError);
            expect((error as Error).message).toMatch(/^Refused: an event of .{1,700} only\.$/s);
          }
        }),
        runs(1000),
      );
    },
    FUZZ_TIMEOUT_MS,
  );

  it(
    'is read or refused, of any shape',
    () => {
      fc.assert(
        fc.property(fc.oneof(fc.anything(), fc.jsonValue()), (event) => {
          try {
            expect(['schedule', 'queue']).toContain(parseTrigger(event).kind);
          } catch (error) {
            expect(error).toBeInstanceOf(TypeError);
            expect((error as Error).message).toMatch(/^Refused: /);
          }
        }),
        runs(1000),
      );
    },
    FUZZ_TIMEOUT_MS,
  );
});

describe('any message body', () => {
  it(
    'is a slice or a poll, or refused with a SyntaxError',
    () => {
      fc.assert(
        fc.property(fc.oneof(damagedText(JSON.stringify(SLICE)), damagedText('{"poll":"acme"}')), (body) => {
          try {
            const message = parseCollectMessage(body);
            expect(JSON.parse(body)).toEqual(message);
          } catch (error) {
            expect(error).toBeInstanceOf(SyntaxError);
          }
        }),
        runs(2000),
      );
    },
    FUZZ_TIMEOUT_MS,
  );

  it(
    'is given back to the queue if it can not be read: no message is dropped',
    async () => {
      const isReadable = (body: string): boolean => {
        try {
          parseCollectMessage(body);
          return true;
        } catch {
          return false;
        }
      };
      const unreadable = damagedText(JSON.stringify(SLICE)).filter((body) => !isReadable(body));
      const recorded: string[] = [];
      const log = {
        debug: quiet,
        info: quiet,
        warn: quiet,
        error: (what: string) => void recorded.push(what),
      };
      const polled = { source: 'acme', streams: [], log, metrics: { record: quiet, write: quiet } };

      await fc.assert(
        fc.asyncProperty(fc.array(unreadable, { minLength: 1, maxLength: 10 }), async (bodies) => {
          recorded.length = 0;
          const records = bodies.map((body, index) => ({ messageId: `m${index}`, body }));

          const { batchItemFailures } = await collectMessages(UNUSED_CONNECTOR, polled, records, never);

          expect(batchItemFailures).toEqual(records.map(({ messageId }) => ({ itemIdentifier: messageId })));
          expect(recorded).toEqual(records.map(() => 'message refused'));
        }),
        runs(100),
      );
    },
    FUZZ_TIMEOUT_MS,
  );
});
