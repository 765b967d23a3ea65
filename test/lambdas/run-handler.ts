import { readFileSync, writeSync } from 'node:fs';

/** A stand-in for Lambda's runtime: one process, one handler, events one after the other. Results go to descriptor 3. */
const [path = '', remaining = '60000'] = process.argv.slice(2);
const module = (await import(path)) as { handler: (event: unknown, context: unknown) => unknown };
const events = JSON.parse(readFileSync(0, 'utf8')) as unknown[];

const results: unknown[] = [];
for (const [index, event] of events.entries()) {
  const context = {
    awsRequestId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    functionName: 'a-function',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:a-function',
    memoryLimitInMB: '256',
    getRemainingTimeInMillis: () => Number(remaining),
  };
  try {
    results.push({ value: await module.handler(event, context) });
  } catch (error) {
    results.push({ error: { name: (error as Error).name, message: (error as Error).message } });
  }
}
writeSync(3, JSON.stringify(results));
process.exit(0);
