import type { ReaderConfig } from './reader-config.ts';
import type { SourceConfig } from './source-config.ts';

export interface ReaderProblem {
  readonly path: (string | number)[];
  readonly message: string;
  readonly input: unknown;
}

interface Deployed {
  readonly sources: readonly SourceConfig[];
  readonly announce: readonly ReaderConfig['format'][];
  readonly readers: readonly ReaderConfig[];
}

/** Problems of well-formed readers: settings that refer to missing parts or contradict each other. */
export const readerProblems = ({ sources, announce, readers }: Deployed): ReaderProblem[] =>
  readers.flatMap((reader, index) =>
    [
      ...namesake(reader, index, readers),
      ...unannounced(reader, announce),
      ...unwritten(reader, sources),
      ...untrusted(reader),
    ].map(({ path, ...rest }) => ({ path: ['readers', index, ...path], ...rest })),
  );

const namesake = (
  { name }: ReaderConfig,
  index: number,
  readers: readonly ReaderConfig[],
): ReaderProblem[] => {
  const first = readers.findIndex((reader) => reader.name === name);
  const message = `readers[${first}] has the same name, but names must be unique`;
  return first === index ? [] : [{ path: ['name'], message, input: name }];
};

const unannounced = ({ format }: ReaderConfig, announce: Deployed['announce']): ReaderProblem[] => {
  const message = `"announce" doesn't name it (${announce.join(', ')}), so its queue would stay empty: add it there`;
  return announce.includes(format) ? [] : [{ path: ['format'], message, input: format }];
};

const unwritten = ({ format, streams }: ReaderConfig, sources: readonly SourceConfig[]): ReaderProblem[] => {
  const writing = sources.filter(({ formats }) => format === 'raw' || formats.some((one) => one === format));
  if (writing.length === 0) {
    const message = `no source writes it: add it to the "formats" of one`;
    return [{ path: ['format'], message, input: format }];
  }
  return streams.flatMap((stream, index) => {
    const message = `no source that writes ${format} collects it: add it to the "streams" of one`;
    const isCollected = writing.some((source) => source.streams.includes(stream));
    return isCollected ? [] : [{ path: ['streams', index], message, input: stream }];
  });
};

const untrusted = (reader: ReaderConfig): ReaderProblem[] => {
  const { account, externalId, sentinelWorkspaceId, roleName } = reader;
  if (account !== undefined && sentinelWorkspaceId !== undefined) {
    const message = 'a role is for an AWS account or for Sentinel: remove this or "account"';
    return [{ path: ['sentinelWorkspaceId'], message, input: undefined }];
  }
  const hasRole = account !== undefined || sentinelWorkspaceId !== undefined;
  return [
    ...(externalId !== undefined && account === undefined
      ? [{ path: ['externalId'], message: 'only applies with "account"', input: undefined }]
      : []),
    ...(roleName !== undefined && !hasRole
      ? [
          {
            path: ['roleName'],
            message: 'only applies with "account" or "sentinelWorkspaceId"',
            input: undefined,
          },
        ]
      : []),
    ...(sentinelWorkspaceId !== undefined && roleName !== undefined && !roleName.startsWith('OIDC_')
      ? [
          {
            path: ['roleName'],
            message: 'must begin with OIDC_: Sentinel accepts no other role',
            input: roleName,
          },
        ]
      : []),
  ];
};
