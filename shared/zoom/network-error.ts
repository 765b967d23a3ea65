/** The fields that a network error may have. */
export interface NetworkError {
  readonly code?: unknown;
  readonly name?: unknown;
  readonly syscall?: unknown;
  /** Of an AggregateError: one for each address that was tried. */
  readonly errors?: readonly NetworkError[];
}

/** The code of a network error, never its text: that may hold an address with a query. */
export const problemOf = (error: unknown): string => {
  const { code, name } = error as NetworkError;
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'no response';
};

const CERTIFICATE_PROBLEM = /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$|^INVALID_CA$|^PATH_LENGTH_EXCEEDED$/;

/** Whether it is about the certificate of the server. */
export const isAboutCertificate = (error: unknown): boolean => CERTIFICATE_PROBLEM.test(problemOf(error));
