import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TerminalClient } from './terminal-client.js';
import { machine } from './surroundings.js';
import { FakeService } from './testing/fake-service.js';

/** The fake behind a real socket; `cut` closes connections instead of answering. */
let server: Server;
let url = '';
let cut = 0;
const service = new FakeService(machine);

beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (cut > 0) {
        cut -= 1;
        request.socket.destroy();
        return;
      }
      const { method = '', url: target = '', headersDistinct } = request;
      const body = Buffer.concat(parts);
      const headers = headersDistinct as Record<string, never>;
      const { signal } = new AbortController();
      void service.transport({ method, target, headers, body }, signal).then((answer) => {
        response.writeHead(answer.status, answer.headers as Record<string, string>);
        response.end(answer.body);
      });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('over real connections', () => {
  for (const algorithm of ['ed25519', 'ecdsa-p256-sha256'] as const) {
    it(`enrols with ${algorithm}, pays, and asks again when the connection breaks`, async () => {
      const client = await TerminalClient.enrol({
        baseUrl: url,
        stateDir: null,
        serviceName: service.name,
        enrolmentCode: '7F3K',
        algorithm,
        model: 'test',
        softwareVersion: '1',
      });
      expect(await client.pay({ code: '1', amount: 5 })).toMatchObject({ sendings: 1 });
      cut = 1;
      expect(await client.pay({ code: '2', amount: 5 })).toMatchObject({
        outcome: 'approved',
        sendings: 2,
      });
      await expect(client.query('019a0000-0000-7000-8000-000000000000')).rejects.toThrow(
        'order_unknown',
      );
      await client.close();
    });
  }
});
