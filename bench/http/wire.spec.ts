import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { readHead, Wire } from './wire.js';

const servers: Server[] = [];

/** Answers whatever comes with these pieces, each in a packet of its own. */
async function answering(...pieces: string[]): Promise<number> {
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', () => {
      const next = (at: number): void => {
        const piece = pieces[at];
        if (piece === undefined) return;
        socket.write(piece, () => setImmediate(next, at + 1));
      };
      next(0);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

describe('a connection of the load generator', () => {
  it('reads a head as the service writes it', () => {
    expect(readHead('HTTP/1.1 409 Conflict\r\nContent-Type: a/b\r\nSignature: cp=:x:')).toEqual({
      status: 409,
      headers: { 'content-type': 'a/b', signature: 'cp=:x:' },
    });
  });

  it('puts an answer together that comes in pieces, and keeps the connection', async () => {
    const port = await answering('HTTP/1.1 200 OK\r\nconte', 'nt-length: 4\r\n\r', '\nab', 'cd');
    const wire = await Wire.open(port);
    for (const turn of [1, 2]) {
      const { status, body } = await wire.post('/', {}, `${turn}`);
      expect([status, body.toString()]).toEqual([200, 'abcd']);
    }
    wire.close();
  });

  it('gives up on an answer whose length it cannot know', async () => {
    const wire = await Wire.open(await answering('HTTP/1.1 200 OK\r\n\r\n'));
    await expect(wire.post('/', {}, '')).rejects.toThrow('content-length');
    wire.close();
  });
});
