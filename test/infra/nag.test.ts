import { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from '@jest/globals';
import { createApp } from '../../infra/create-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { catalogStack, validatedTemplate } from './synthesized.ts';

describe("cdk-nag's AwsSolutions", () => {
  it.each([
    ['by default', {}],
    [
      'with all options',
      {
        compaction: true,
        xray: true,
        bucket: { kmsKey: true, objectLock: { mode: 'governance', days: 1 } },
        readers: [{ name: 'siem', account: '444455556666' }],
      },
    ],
  ])('find nothing that is not acknowledged: %s', (_, file) => {
    expect(() => validatedTemplate(file)).not.toThrow();
    expect(() => validatedTemplate(file, catalogStack())).not.toThrow();
  });

  it('finds a planted error', () => {
    const app = createApp({ outdir: temporaryFolder() });
    new Queue(new Stack(app, 'careless'), 'Queue');

    expect(() => app.synth()).toThrow(/AwsSolutions-SQS3/);
  });
});
