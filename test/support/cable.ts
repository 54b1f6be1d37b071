/** A cable to a server that a test can pull out and put back. */
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';

export type Cable = {
  /** The same address, through the cable. */
  readonly url: string;
  pull(): void;
  putBack(): void;
  close(): Promise<void>;
};

export async function layCable(to: string): Promise<Cable> {
  const target = new URL(to);
  const ends = new Set<Socket>();
  let isIn = true;
  const join = (near: Socket): void => {
    if (!isIn) {
      near.resetAndDestroy();
      return;
    }
    const far = net.connect(Number(target.port), target.hostname);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end);
      end.pipe(other);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        ends.delete(end);
        other.destroy();
      });
    }
  };
  const server = net.createServer(join).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    isIn = false;
    for (const end of ends) end.resetAndDestroy();
  };
  const { port } = server.address() as AddressInfo;
  return {
    url: Object.assign(new URL(to), { hostname: '127.0.0.1', port: String(port) }).href,
    pull: cut,
    putBack: () => {
      isIn = true;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
