import { PaymentsStore } from '../../src/payments/store/payments.store.js';
import { Clock } from '../../src/platform/clock/clock.js';
import type { AppConfig } from '../../src/platform/config/app-config.js';
import { createDataSource } from '../../src/platform/database/data-source.js';
import type { FollowEvents } from '../../src/platform/events/follow-events.js';
import type { RelayEvents } from '../../src/platform/events/relay-events.js';

/** Nobody waits for events here: what they set off comes after the payment and is measured with the whole service. */
const nobody = { wake: () => undefined } as unknown as RelayEvents & FollowEvents;

/**
 * The service's own path to the ledger, without HTTP: each store has a batcher and a connection. One is what a process
 * of the service has; many of them, each with one sale in flight, commit once for each sale.
 */
export function openStores(config: AppConfig, count: number): PaymentsStore[] {
  // It is never connected: the path has a connection of its own.
  const database = createDataSource(config);
  return Array.from(
    { length: count },
    () => new PaymentsStore(config, database, new Clock(database), nobody, nobody),
  );
}
