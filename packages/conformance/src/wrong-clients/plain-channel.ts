import {
  answerKey,
  sha256,
  type AnswerKey,
  type IncomingAnswer,
  type TerminalKey,
  type Transport,
} from '@campus-paycode/terminal-client';
import {
  readSignedAnswer,
  requestToSign,
  type ServiceKey,
} from '@campus-paycode/terminal-protocol';
import type { Habits } from './habits.js';

export type Line = {
  readonly transport: Transport;
  readonly now: () => number;
  readonly after: (millis: number, action: () => void) => () => void;
};

export type Answer = {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryAfter: number;
};

/** Signs and verifies as it should, but for its habits. */
export class PlainChannel {
  offset = 0;
  private readonly kept = new Map<string, { headers: Record<string, string>; at: number }>();
  private readonly known = new Map<string, AnswerKey | null>();

  constructor(
    private readonly line: Line,
    private readonly habits: Habits,
  ) {}

  now(): number {
    return this.line.now() + this.offset;
  }

  /** Null is silence. */
  async ask(
    who: {
      readonly key: TerminalKey;
      readonly keyId: string;
      readonly serviceName: string;
      readonly keys: readonly ServiceKey[];
    },
    what: { readonly method: string; readonly target: string; readonly body: string },
    timeoutMillis: number,
  ): Promise<Answer | null> {
    const { habits, line } = this;
    const { method, target } = what;
    const body = Buffer.from(what.body);
    const signed = this.sign(who, { method, target, body });
    const before = habits.keepsSignature ? this.kept.get(what.body) : undefined;
    // Not so long that the service would find it too old.
    const kept = before !== undefined && this.now() - before.at < 30_000 ? before : undefined;
    const headers = kept?.headers ?? signed.headers;
    if (target === '/v1/payments') this.kept.set(what.body, { headers, at: this.now() });
    const abort = new AbortController();
    const cancel = line.after(timeoutMillis, () => {
      abort.abort();
    });
    try {
      const arrived = await line.transport({ method, target, headers, body }, abort.signal);
      return this.read(arrived, kept === undefined ? signed.signature : null, who.keys);
    } catch {
      return null;
    } finally {
      cancel();
    }
  }

  private sign(
    who: { readonly key: TerminalKey; readonly keyId: string; readonly serviceName: string },
    message: { readonly method: string; readonly target: string; readonly body: Buffer },
  ) {
    const { authority = who.serviceName, rewrite, spoilsSignature } = this.habits;
    const { key, keyId } = who;
    const created = Math.floor(this.now() / 1000);
    const signer = { keyId, algorithm: key.algorithm, created, sha256 };
    const draft = requestToSign({ ...message, authority }, signer);
    const other = (text: string) => (rewrite === undefined ? text : text.replace(...rewrite));
    const base = other(Buffer.from(draft.base).toString('utf8'));
    const right = key.sign(Buffer.from(base));
    const signature = spoilsSignature
      ? right.map((byte, at) => (at === 7 ? byte ^ 1 : byte))
      : right;
    const headers = Object.fromEntries(
      Object.entries(draft.finish(signature)).map(([name, value]) => [name, other(value)]),
    );
    return { signature, headers };
  }

  private read(
    arrived: IncomingAnswer,
    requestSignature: Uint8Array | null,
    keys: readonly ServiceKey[],
  ): Answer | null {
    const { believes, keepsItsTime } = this.habits;
    const body = JSON.parse(Buffer.from(arrived.body).toString('utf8')) as Answer['body'];
    const told = Number(arrived.headers['retry-after'] ?? 0);
    const answer = { status: arrived.status, body, retryAfter: told * 1000 };
    const input = String(arrived.headers['signature-input'] ?? '');
    if (input === '') return believes === 'unsigned' ? answer : null;
    const message = { ...arrived, requestSignature: requestSignature ?? new Uint8Array(64) };
    const read = readSignedAnswer(message, { sha256 });
    if (!read.ok) return believes === 'tampered' ? answer : null;
    const own = (body['serviceKeys'] as readonly ServiceKey[] | undefined) ?? [];
    const known = (keys.length > 0 ? keys : own).find(({ keyId }) => keyId === read.keyId);
    const key = this.keyOf(known);
    const verifies = key?.verify(read.base, read.signature) === true;
    // A signature that was kept binds the answer to the sending before, which is the same one.
    const isKept = requestSignature === null;
    const isOpen = keys.length === 0 || isKept || this.forgives(read.keyId, read.bound, known);
    if (!verifies && !isOpen) return null;
    if (!read.bound && believes !== 'unbound' && keys.length > 0) return null;
    const off = read.created * 1000 + 500 - this.now();
    if (!keepsItsTime && Math.abs(off) > 2_000) this.offset += off;
    return answer;
  }

  private keyOf(known: ServiceKey | undefined): AnswerKey | null {
    if (known === undefined) return null;
    const key = this.known.get(known.publicKey) ?? answerKey(known);
    this.known.set(known.publicKey, key);
    return key;
  }

  private forgives(keyId: string, bound: boolean, known: ServiceKey | undefined): boolean {
    const { believes } = this.habits;
    if (believes === 'strangers') return bound && known?.keyId === keyId;
    return believes === 'replayed' && bound && known !== undefined;
  }
}
