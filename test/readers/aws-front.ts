import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** The host names of AWS, served by an emulator for programs that use no other. */
export interface AwsFront {
  /** The variables for a program: a proxy, and a trusted certificate. No request leaves this machine. */
  readonly environment: Readonly<Record<string, string>>;
  close(): void;
}

/** A proxy between a program and an emulator that serves every host of AWS, so that configurations need no test settings. */
export const startAwsFront = async (
  { endpoint, region }: { endpoint: string; region: string },
  folder: string,
): Promise<AwsFront> => {
  const certificate = makeCertificate(folder, [
    `*.${region}.amazonaws.com`,
    `*.s3.${region}.amazonaws.com`,
    '*.s3.amazonaws.com',
  ]);
  const aws = createTlsServer(certificate, (incoming, outgoing) => {
    const { method, url = '/', headers } = incoming;
    const forwarded = httpRequest(new URL(url, endpoint), { method, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  const proxy = createServer().on('connect', (_, socket) => {
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    aws.emit('connection', socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    environment: {
      HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      SSL_CERT_FILE: join(folder, 'certificate.pem'),
    },
    close: () => {
      proxy.close();
      proxy.closeAllConnections();
      aws.closeAllConnections();
    },
  };
};

const makeCertificate = (folder: string, names: readonly string[]): { cert: string; key: string } => {
  const files = { cert: join(folder, 'certificate.pem'), key: join(folder, 'key.pem') };
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc', '-days', '1'];
  const written = ['-out', files.cert, '-keyout', files.key, '-subj', '/CN=aws-front'];
  const namesOf = `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`;
  execFileSync('openssl', ['req', '-x509', ...made, ...written, '-addext', namesOf], { stdio: 'pipe' });
  return { cert: readFileSync(files.cert, 'utf8'), key: readFileSync(files.key, 'utf8') };
};
