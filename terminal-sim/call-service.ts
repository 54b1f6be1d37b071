import { setTimeout as wait } from 'node:timers/promises';

/** The service said no. */
export class ServiceRefused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(`${code} (${status}): ${detail}`);
  }
}

/** The service did not come back in time, or never was there. */
export class ServiceGone extends Error {}

const patienceMs = 60_000;
const answerMs = 15_000;

type Asked = {
  readonly body?: object;
  readonly token?: string | undefined;
  /** How long an answer is waited for. */
  readonly waitMs?: number;
};

/** Plain JSON calls, as staff and phones make them; and whether anybody is there. */
export class Service {
  private coming: Promise<void> | null = null;

  constructor(readonly url: string) {}

  get isAwaited(): boolean {
    return this.coming !== null;
  }

  /** @throws {ServiceRefused} for a problem; other errors when no answer came. */
  async call<Body>(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    { body, token, waitMs = answerMs }: Asked = {},
  ): Promise<Body> {
    const answer = await fetch(this.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(waitMs),
    });
    const text = await answer.text();
    if (answer.ok) return (text === '' ? undefined : JSON.parse(text)) as Body;
    const { code, detail } = problemIn(text);
    throw new ServiceRefused(answer.status, code, detail ?? `${method} ${path}`);
  }

  /** Resolves when the service answers, at the latest after a minute. @throws {ServiceGone} */
  untilHere(): Promise<void> {
    this.coming ??= this.watch().finally(() => {
      this.coming = null;
    });
    return this.coming;
  }

  private async watch(): Promise<void> {
    const deadline = Date.now() + patienceMs;
    while (!(await this.isHere())) {
      if (Date.now() > deadline) {
        throw new ServiceGone(`The service at ${this.url} was not there for a minute.`);
      }
      await wait(250);
    }
  }

  private async isHere(): Promise<boolean> {
    try {
      const answer = await fetch(`${this.url}/health`, { signal: AbortSignal.timeout(2000) });
      await answer.arrayBuffer();
      return answer.status === 200;
    } catch {
      return false;
    }
  }
}

function problemIn(text: string): { code: string; detail?: string } {
  try {
    return { code: 'unreadable', ...(JSON.parse(text) as object) };
  } catch {
    return { code: 'unreadable' };
  }
}
