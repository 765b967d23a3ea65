import type { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CatalogStack } from '../../infra/catalog-stack.ts';
import { ConnectorStack } from '../../infra/connector-stack.ts';
import { createApp } from '../../infra/create-app.ts';
import { readSourcesFile, type SourcesFile } from '../../shared/model/sources-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { readable } from './readable.ts';

/** A source by OAuth and one by a Server-to-Server app. */
export const ACME = { name: 'acme', auth: 'oauth', notify: ['oncall@acme.example'] };
export const GLOBEX = { name: 'globex', auth: 'server-to-server', formats: ['flat'] };

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly [attribute: string]: unknown;
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

type StackOf = (app: App, file: SourcesFile) => Stack;

const connectorStack: StackOf = (app, file) => new ConnectorStack(app, file);

/** The stack for Athena, with the questions of a folder. */
export const catalogStack =
  (queries?: string): StackOf =>
  (app, file) =>
    new CatalogStack(app, {
      file,
      catalog: file.catalog ?? { scanLimitGb: 100, resultDays: 30 },
      ...(queries !== undefined && { queries }),
    });

/** The template of a configuration, as a person reads it. Nothing is bundled. */
export class Synthesized {
  readonly template: Template;
  /** By logical id, without CDK's hash. */
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs: Readonly<Record<string, { Value: string }>>;

  constructor(file: object = {}, stackOf: StackOf = connectorStack) {
    const app = createApp({ outdir: temporaryFolder(), context: { 'aws:cdk:bundling-stacks': [] } });
    const sources = readSourcesFile(JSON.stringify({ sources: [ACME, GLOBEX], ...file }), 'test');
    this.template = Template.fromStack(stackOf(app, sources));
    const { Resources, Outputs } = this.template.toJSON() as {
      Resources: Record<string, Resource>;
      Outputs: Record<string, { Value: string }>;
    };
    this.resources = Object.fromEntries(
      Object.entries(Resources).map(([id, { Properties, ...rest }]) => [
        id.replace(/[0-9A-F]{8}$/, ''),
        {
          ...(readable(rest) as Resource),
          Properties: (readable(Properties) ?? {}) as Record<string, unknown>,
        },
      ]),
    );
    this.outputs = readable(Outputs) as Record<string, { Value: string }>;
  }

  /** The properties of a resource. */
  of(name: string): Record<string, unknown> {
    const found = this.resources[name];
    if (!found) throw new Error(`no ${name} among ${Object.keys(this.resources).join(', ')}`);
    return found.Properties;
  }

  /** The names of the resources of a type. */
  named(type: string): string[] {
    return Object.keys(this.resources).filter((name) => this.resources[name]?.Type === type);
  }

  /** The statements of a policy, of a role's or a resource's. */
  statementsOf(policy: string): Statement[] {
    return (this.of(policy)['PolicyDocument'] as { Statement: Statement[] }).Statement;
  }

  /** The variables of a function. */
  environmentOf(lambda: string): Record<string, string> {
    return (this.of(lambda)['Environment'] as { Variables: Record<string, string> }).Variables;
  }
}
