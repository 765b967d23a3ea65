import { isAboutCertificate, type NetworkError, problemOf } from './network-error.ts';
import { ProxyConnectionError } from './proxy-connections.ts';
import type { TransportFailure } from './zoom-response.ts';

/** Why there is no response, for an error of undici or of a socket. */
export const errorToFailure = (error: unknown): TransportFailure =>
  error instanceof ProxyConnectionError
    ? error.failure
    : { kind: 'transport', problem: problemOf(error), phase: phaseOf(error) };

const phaseOf = (error: unknown): 'unreached' | 'untrusted' | 'broken' => {
  if (isAboutCertificate(error)) return 'untrusted';
  return neverConnected(error as NetworkError) ? 'unreached' : 'broken';
};

const neverConnected = ({ code, syscall, errors }: NetworkError): boolean =>
  code === 'UND_ERR_CONNECT_TIMEOUT' ||
  syscall === 'getaddrinfo' ||
  syscall === 'connect' ||
  (errors !== undefined && errors.length > 0 && errors.every(neverConnected));
