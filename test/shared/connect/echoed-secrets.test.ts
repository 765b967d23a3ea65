import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { handleCallback } from '../../../shared/connect/handle-callback.ts';
import { anHttpServer } from '../../support/doubles/http-server.ts';
import { auditIn } from '../../support/builders/audit.ts';
import { aBench, begin, SOURCE } from '../../support/connecting.ts';
import { DEFAULT_ACCOUNT } from '../../../simulator/index.ts';
import { never } from '../../support/zoom.ts';

describe('a Zoom that repeats what a callback sent it', () => {
  it.each(['c0de', 'short-code-1', randomBytes(30).toString('base64url')])(
    'has no secret in the page, the line and the audit log: the code %s',
    async (code) => {
      const echo = await anHttpServer((request, response) => {
        void text(request).then((body) => {
          const said = `${String(request.headers.authorization)} ${body} ${decodeURIComponent(body)}`;
          response.writeHead(400, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ reason: said, error: 'invalid_client' }));
        });
      });
      const bench = await aBench();
      const begun = await begin(bench);
      const verifier = bench.connecting.secrets.now.pending?.codeVerifier ?? '';
      const { connecting: connection } = bench;
      const evil = { ...connection, source: { ...connection.source, host: echo.url } };
      const request = {
        method: 'GET',
        path: `/oauth/callback/${SOURCE}`,
        query: `code=${code}&state=${begun.state}`,
        reference: 'r',
      };

      const respond = await handleCallback(request, () => evil, never);

      const lines = await auditIn(connection.store);
      const written = JSON.stringify([respond.body, respond.line, lines]);
      expect(respond.line.outcome).toBe('refused');
      expect(written).toContain('[redacted]');
      const { clientId, clientSecret } = DEFAULT_ACCOUNT;
      const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
      for (const secret of [code, begun.state, verifier, clientSecret, basic])
        expect(written).not.toContain(secret);
    },
  );
});
