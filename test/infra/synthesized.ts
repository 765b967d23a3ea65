import { readable } from './readable.ts';
import type { StackKind } from './synthesize.ts';

/**
 * Jest loads every module again for each test file; Node's own `require` loads it once in a worker. CDK takes seconds to load,
 * and to make its first stack.
 */
const { synthesize, synthesizeOnce } = process.getBuiltinModule('node:module').createRequire(import.meta.url)(
  './synthesize.ts',
) as typeof import('./synthesize.ts');

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

/** The stack for Athena, with the questions of a folder. */
export const catalogStack = (queries?: string): StackKind => ({ queries });

const sourcesFileOf = (file: object): string => JSON.stringify({ sources: [ACME, GLOBEX], ...file });

/** The template of a stack, not cached, and checked by all rules of CDK. */
export const validatedTemplate = (file: object = {}, kind: StackKind = 'connector'): unknown =>
  JSON.parse(synthesize(sourcesFileOf(file), kind, true));

interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { Value: string }>>;
}

/** The template of a configuration, in a readable form. Nothing is bundled. */
export class Synthesized {
  readonly template: Template;
  /** By logical id, without CDK's hash. */
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs: Readonly<Record<string, { Value: string }>>;

  constructor(file: object = {}, kind: StackKind = 'connector') {
    this.template = JSON.parse(synthesizeOnce(sourcesFileOf(file), kind)) as Template;
    const { Resources, Outputs } = this.template;
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
