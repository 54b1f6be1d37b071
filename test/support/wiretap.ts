/** A way to the database on which a test hears what clients say: PostgreSQL's frontend protocol, version 3. */
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';

/** One message of a client, by its name in the protocol's document. */
export type Said = {
  /** The application_name that the connection began with. */
  readonly by: string;
  readonly connection: number;
  readonly message: 'Parse' | 'Bind' | 'Execute' | 'Sync' | 'Query' | 'other';
  /** Of a Query, or of the statement that a Parse or a Bind names; else empty. */
  readonly sql: string;
  /** The whole message, unread: two Binds with the same values are the same. */
  readonly body: string;
};

export type Wiretap = {
  /** The same address, through the tap. */
  readonly url: string;
  /** Everything that was said so far, in the order in which it was heard. */
  readonly said: readonly Said[];
  close(): Promise<void>;
};

const names: Readonly<Record<string, Said['message']>> = {
  P: 'Parse',
  B: 'Bind',
  E: 'Execute',
  S: 'Sync',
  Q: 'Query',
};

export async function tapWire(to: string): Promise<Wiretap> {
  const target = new URL(to);
  const said: Said[] = [];
  const ends = new Set<Socket>();
  let connections = 0;
  const server = net.createServer((near) => {
    const far = net.connect(Number(target.port), target.hostname);
    const listener = new Listener((connections += 1), said);
    // Heard before it is handed on: when an answer is there, its question was counted.
    near.on('data', (bytes: Buffer) => {
      listener.hear(bytes);
      far.write(bytes);
    });
    far.pipe(near);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        ends.delete(end);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: Object.assign(new URL(to), { hostname: '127.0.0.1', port: String(port) }).href,
    said,
    close: async () => {
      for (const end of ends) end.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Cuts one connection's bytes into messages. The first has no letter: it names the application. */
class Listener {
  private rest: Buffer = Buffer.alloc(0);
  private by: string | undefined;
  private readonly statements = new Map<string, string>();

  constructor(
    private readonly connection: number,
    private readonly said: Said[],
  ) {}

  hear(bytes: Buffer): void {
    this.rest = Buffer.concat([this.rest, bytes]);
    for (;;) {
      const lengthAt = this.by === undefined ? 0 : 1;
      if (this.rest.length < lengthAt + 4) return;
      const end = lengthAt + this.rest.readInt32BE(lengthAt);
      if (this.rest.length < end) return;
      this.take(
        this.rest.subarray(0, lengthAt).toString('latin1'),
        this.rest.subarray(lengthAt + 4, end),
      );
      this.rest = this.rest.subarray(end);
    }
  }

  private take(letter: string, body: Buffer): void {
    if (this.by === undefined) {
      const words = body.subarray(4).toString('utf8').split('\0');
      this.by = words[words.indexOf('application_name') + 1] ?? '';
      return;
    }
    const [first = '', second = ''] = body.toString('utf8').split('\0', 2);
    if (letter === 'P') this.statements.set(first, second);
    const sql =
      letter === 'Q'
        ? first
        : letter === 'P'
          ? second
          : letter === 'B'
            ? this.statements.get(second)
            : '';
    const { by, connection } = this;
    const message = names[letter] ?? 'other';
    this.said.push({ by, connection, message, sql: sql ?? '', body: body.toString('latin1') });
  }
}
