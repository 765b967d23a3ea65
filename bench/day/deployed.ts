import { Template } from 'aws-cdk-lib/assertions';
import { ConnectorStack } from '../../infra/connector-stack.ts';
import { createApp } from '../../infra/create-app.ts';
import { METRICS, METRICS_NAMESPACE } from '../../shared/contract/metrics.ts';
import { readSourcesFile } from '../../shared/model/sources-file.ts';
import { scratchFolder } from '../scratch.ts';
import type { Deployed } from './deployment.ts';

interface FunctionResource {
  readonly Properties: { readonly Description?: string; readonly MemorySize: number };
}

/** A deployment of a number of sources with default settings. */
export const readDeployed = (sources: number): Deployed => {
  const named = Array.from({ length: sources }, (_, i) => ({ name: `source-${i}`, auth: 'oauth' }));
  const file = readSourcesFile(JSON.stringify({ sources: named }), 'bench');
  using folder = scratchFolder();
  const app = createApp({ outdir: folder.path, context: { 'aws:cdk:bundling-stacks': [] } });
  const template = Template.fromStack(new ConnectorStack(app, file));

  const count = (type: string): number => Object.keys(template.findResources(type)).length;
  const memoryOf = (description: RegExp): number => {
    const functions = Object.values(template.findResources('AWS::Lambda::Function')) as FunctionResource[];
    const found = functions.find(({ Properties: { Description = '' } }) => description.test(Description));
    if (!found) throw new Error(`The template has no function with the description ${description.source}.`);
    return found.Properties.MemorySize;
  };
  const dashboards = template.findResources('AWS::CloudWatch::Dashboard');
  const subjects = {
    stream: file.sources.flatMap(({ streams }) => streams).length,
    source: sources,
    stack: 1,
  };
  return {
    alarms: count('AWS::CloudWatch::Alarm'),
    metrics: Object.values(METRICS).reduce((sum, metric) => sum + subjects[metric.of], 0),
    dashboards: Object.keys(dashboards).length,
    drawn: JSON.stringify(dashboards).split(METRICS_NAMESPACE).length - 1,
    secrets: count('AWS::SecretsManager::Secret'),
    polledQueues: count('AWS::Lambda::EventSourceMapping'),
    pollerMib: memoryOf(/^Collects /),
    watchMib: memoryOf(/\bon-call\b/),
  };
};
