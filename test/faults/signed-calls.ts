import {
  httpTransport,
  machine,
  type IncomingAnswer,
  type Transport,
} from '@campus-paycode/terminal-client';
import { publicKeyToJwk, readSignedAnswer, requestToSign } from '@campus-paycode/terminal-protocol';
import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { terminalKeyOf } from '../../bench/campus/campus-plan.js';

export type Call = {
  readonly method: 'GET' | 'POST';
  readonly target: string;
  readonly body: string;
  /** The terminal gives up after this. */
  readonly timeoutMs: number;
};

/** A signed answer that verified and was made for this very request; anything else is silence, and says why. */
export type Heard =
  | { readonly status: number; readonly body: Record<string, unknown> }
  | { readonly silence: string };

const generation = 1;
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** One terminal's requests, which go to the processes of the service in turn. */
export class SignedCalls {
  private readonly key: KeyObject;
  private readonly answerKey: KeyObject;
  private readonly transports: readonly Transport[];
  private turn: number;

  constructor(
    private readonly terminal: number,
    private readonly around: {
      readonly ports: readonly number[];
      readonly serviceName: string;
      readonly answerKey: Uint8Array;
      nowMs(): number;
    },
  ) {
    this.turn = terminal;
    this.key = terminalKeyOf(terminal);
    const jwk = { ...publicKeyToJwk('ed25519', around.answerKey) };
    this.answerKey = createPublicKey({ key: jwk, format: 'jwk' });
    this.transports = around.ports.map((port) => httpTransport(`http://127.0.0.1:${port}`));
  }

  async send({ method, target, body, timeoutMs }: Call): Promise<Heard> {
    const bytes = Buffer.from(body);
    const draft = requestToSign(
      { method, authority: this.around.serviceName, target, body: bytes },
      {
        keyId: `t-${this.terminal}.${generation}`,
        algorithm: 'ed25519',
        created: Math.floor(this.around.nowMs() / 1000),
        sha256,
      },
    );
    const signature = sign(null, draft.base, this.key);
    const request = { method, target, headers: draft.finish(signature), body: bytes };
    const abort = new AbortController();
    const cancel = machine.after(timeoutMs, () => abort.abort());
    try {
      const transport = this.transports[(this.turn += 1) % this.transports.length];
      if (transport === undefined) throw new Error('There is no service.');
      return this.read(await transport(request, abort.signal), signature);
    } catch (error) {
      return { silence: (error as Error).message };
    } finally {
      cancel();
    }
  }

  private read(answer: IncomingAnswer, requestSignature: Uint8Array): Heard {
    const read = readSignedAnswer({ ...answer, requestSignature }, { sha256 });
    if (!read.ok) return { silence: read.detail };
    if (!read.bound || !verify(null, read.base, this.answerKey, read.signature))
      return { silence: 'an answer that does not verify' };
    const body = JSON.parse(Buffer.from(answer.body).toString('utf8')) as Record<string, unknown>;
    return { status: answer.status, body };
  }
}
