import { call } from '../shared/call.js';
import { keptKit } from './kept.js';
import { certified, emptyKit, preparing } from './offline-kit.js';
import type { OfflineRight } from './contract.js';

/**
 * After a synchronisation: keeps what the service certified, and has new keys certified when some are due. A network that
 * goes meanwhile leaves what is there; the next synchronisation goes on.
 */
export async function prepareOffline(
  credentialId: string,
  right: OfflineRight | null,
  now: () => number,
): Promise<void> {
  if (right === null) {
    keptKit.forget();
    return;
  }
  const stored = keptKit.read();
  const kit = stored?.credentialId === credentialId ? stored : emptyKit(credentialId);
  keptKit.write(certified(kit, right, now()));
  const asked = preparing(keptKit.read() ?? kit, right);
  if (asked === undefined) return;
  keptKit.write(asked.kit);
  const answer = await call<{ offline: OfflineRight | null }>(
    'POST',
    '/v1/me/phone/certificates',
    asked.request,
  ).catch(() => undefined);
  const latest = keptKit.read();
  if (answer?.offline && latest?.credentialId === credentialId)
    keptKit.write(certified(latest, answer.offline, now()));
}
