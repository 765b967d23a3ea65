import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { CatalogStack } from '../../infra/catalog-stack.ts';
import { ConnectorStack } from '../../infra/connector-stack.ts';
import { createApp } from '../../infra/create-app.ts';
import { readSourcesFile } from '../../shared/model/sources-file.ts';

/** The connector's stack, or the stack for Athena; `queries` is the folder of its saved queries if not the project's own. */
export type StackKind = 'connector' | { readonly queries: string | undefined };

/**
 * The template of a stack, as JSON. Nothing is bundled. Throws what `readSourcesFile`, CDK or cdk-nag throw. CDK's own rules for
 * templates take three quarters of the time, so they are applied only if requested.
 */
export const synthesize = (sourcesFile: string, kind: StackKind, isValidated = false): string => {
  const file = readSourcesFile(sourcesFile, 'test');
  const outdir = mkdtempSync(join(tmpdir(), 'zoom-log-source-'));
  try {
    const app = createApp({
      outdir,
      context: { 'aws:cdk:bundling-stacks': [] },
      builtinCloudFormationValidation: isValidated,
      treeMetadata: false,
    });
    const stack =
      kind === 'connector'
        ? new ConnectorStack(app, file)
        : new CatalogStack(app, {
            file,
            catalog: file.catalog ?? { scanLimitGb: 100, resultDays: 30 },
            ...(kind.queries !== undefined && { queries: kind.queries }),
          });
    return JSON.stringify(Template.fromStack(stack).toJSON());
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

const templates = new Map<string, string>();

/** As `synthesize`, but once in a process for each configuration. A folder of queries may change, so its stack is not cached. */
export const synthesizeOnce = (sourcesFile: string, kind: StackKind): string => {
  if (kind !== 'connector' && kind.queries !== undefined) return synthesize(sourcesFile, kind);
  const key = JSON.stringify([kind, sourcesFile]);
  const template = templates.get(key) ?? synthesize(sourcesFile, kind);
  templates.set(key, template);
  return template;
};
