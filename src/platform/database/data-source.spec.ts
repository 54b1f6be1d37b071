import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { AppConfig } from '../config/app-config.js';
import { createDataSource } from './data-source.js';

const message = (type: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
};

const welcome = [message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))];
const farewell = message(
  'E',
  Buffer.from('SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0'),
);

let server: Server;
afterEach(() => {
  server.close();
});

describe('a data source', () => {
  it('survives a server that dies in the moment in which it lets somebody in', async () => {
    server = createServer((socket) => {
      socket.on('error', () => {});
      // All in one packet: nobody has had time to listen for errors when the last message is read.
      socket.once('data', () => socket.end(Buffer.concat([...welcome, farewell])));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const config = { DATABASE_URL: `postgres://u:p@127.0.0.1:${port}/d`, DATABASE_POOL: 2 };
    const database = createDataSource(config as AppConfig);
    await expect(database.initialize()).rejects.toThrow('not queryable');
  });
});
