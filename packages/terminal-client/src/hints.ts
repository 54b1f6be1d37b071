import type { Surroundings } from './surroundings.js';

/** What this module needs of a WebSocket, as browsers, Node 22 and the package `ws` have it. */
export type HintSocket = {
  onmessage: ((message: { readonly data: unknown }) => void) | null;
  onclose: (() => void) | null;
  onerror: ((error: unknown) => void) | null;
  close(): void;
};

/** Something happened, and asking tells what: a payment's id, or null. `ready` means that anything may have happened. */
export type Hint = { readonly event: string; readonly id: string | null };

type Around = {
  /** `https://…` of the service. */
  readonly baseUrl: string;
  readonly openSocket: (address: string) => HintSocket;
  /** Asks for a ticket under the terminal's signature. */
  readonly ticket: () => Promise<string>;
  readonly hear: (hint: Hint) => void;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
};

/** A lost socket is opened again after 1, 2, 4 … s, at most a minute, give or take a half: a thousand terminals come back apart. */
const FIRST_WAIT_MILLIS = 1_000;
const LONGEST_WAIT_MILLIS = 60_000;

/**
 * Listens to hints until the signal ends it. Nothing depends on it: whatever a hint tells, the terminal finds out by asking,
 * only later.
 */
export function listenForHints(around: Around): void {
  const { surroundings, signal } = around;
  let failures = 0;

  const again = (): void => {
    if (signal.aborted) return;
    const wait = Math.min(FIRST_WAIT_MILLIS * 2 ** failures, LONGEST_WAIT_MILLIS);
    failures += 1;
    const [share = 0] = surroundings.random(1);
    const cancel = surroundings.after(wait * (0.5 + share / 256), () => {
      signal.removeEventListener('abort', cancel);
      connect();
    });
    signal.addEventListener('abort', cancel, { once: true });
  };

  const connect = (): void => {
    around
      .ticket()
      .then((ticket) => {
        if (!signal.aborted) follow(ticket);
      })
      .catch(again);
  };

  const follow = (ticket: string): void => {
    const address = new URL(`/v1/realtime?ticket=${ticket}`, around.baseUrl);
    address.protocol = address.protocol.replace('http', 'ws');
    const socket = around.openSocket(address.href);
    const stop = (): void => {
      socket.close();
    };
    signal.addEventListener('abort', stop, { once: true });
    // Its closing follows, and says the same.
    socket.onerror = () => {};
    socket.onclose = () => {
      signal.removeEventListener('abort', stop);
      again();
    };
    socket.onmessage = ({ data }) => {
      const hint = readHint(data);
      if (hint === null) return;
      failures = 0;
      around.hear(hint);
    };
  };

  connect();
}

/** Whatever is no hint is nobody's business. */
function readHint(data: unknown): Hint | null {
  try {
    const { event, id } = JSON.parse(String(data)) as Partial<Hint>;
    return typeof event === 'string' ? { event, id: typeof id === 'string' ? id : null } : null;
  } catch {
    return null;
  }
}
