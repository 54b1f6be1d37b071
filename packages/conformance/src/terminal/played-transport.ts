import type { Transport } from '@campus-paycode/terminal-client';
import type { VirtualTime } from './kit-time.js';
import type { PlayedService } from './played-service.js';

/** What a proxy makes of the name of the host. */
export const PROXY_HOST = 'inside.proxy:8080';

/** Straight from a terminal in this process to the played service, past a proxy that has a name of its own. */
export function playedTransport(service: () => PlayedService, time: VirtualTime): Transport {
  return async ({ method, target, headers, body }, signal) => {
    const own = { ...headers, host: PROXY_HOST };
    const aborted = new Promise<never>((_, reject) => {
      const stop = () => {
        reject(new Error('aborted'));
      };
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop);
    });
    const asked = service().answer({ method, target, headers: own, body: Buffer.from(body) });
    time.withheld += 1;
    try {
      const delivery = await Promise.race([asked, aborted]);
      if (delivery === 'silence') return await aborted;
      if (delivery === 'break') throw new Error('the connection was closed');
      return delivery;
    } finally {
      time.withheld -= 1;
    }
  };
}
