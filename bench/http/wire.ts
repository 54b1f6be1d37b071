import net from 'node:net';

export type WireAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

type Waiting = { resolve(answer: WireAnswer): void; reject(error: Error): void };

const headEnd = Buffer.from('\r\n\r\n');

/**
 * One kept connection of HTTP/1.1, one request at a time, and no more of the protocol than the service speaks: a load
 * generator on the service's own cores should cost little.
 */
export class Wire {
  private arrived = Buffer.alloc(0);
  private waiting: Waiting | undefined;

  private constructor(private readonly socket: net.Socket) {
    socket.setNoDelay(true);
    socket.on('data', (bytes) => {
      this.arrived = this.arrived.length === 0 ? bytes : Buffer.concat([this.arrived, bytes]);
      this.read();
    });
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('The service closed the connection.')));
  }

  static open(port: number): Promise<Wire> {
    return new Promise((resolve, reject) => {
      const socket = net.connect({ port, host: '127.0.0.1' });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Wire(socket));
      });
    });
  }

  post(
    target: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<WireAnswer> {
    let head = `POST ${target} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
    for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(`${head}\r\n${body}`);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private read(): void {
    const end = this.arrived.indexOf(headEnd);
    if (end < 0) return;
    const { status, headers } = readHead(this.arrived.toString('latin1', 0, end));
    const length = Number(headers['content-length']);
    if (!Number.isInteger(length)) {
      this.fail(new Error('An answer without a content-length cannot be read here.'));
      return;
    }
    const from = end + headEnd.length;
    if (this.arrived.length < from + length) return;
    const body = this.arrived.subarray(from, from + length);
    this.arrived = this.arrived.subarray(from + length);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve({ status, headers, body });
  }

  private fail(error: Error): void {
    this.waiting?.reject(error);
    this.waiting = undefined;
  }
}

/** The status and the headers, by their names in lower case. */
export function readHead(head: string): Omit<WireAnswer, 'body'> {
  const [first = '', ...lines] = head.split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { status: Number(first.slice(9, 12)), headers };
}
