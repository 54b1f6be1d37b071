import { randomBytes } from 'node:crypto';
import { MemoryJournalStore, type JournalStore } from '../journal-store.js';
import { TerminalClient } from '../terminal-client.js';
import { FakeService } from './fake-service.js';
import { OfflineCampus } from './offline-campus.js';
import { VirtualTime } from './virtual-time.js';
import type { OfflineSettings } from '@campus-paycode/terminal-protocol';
import type { TerminalEvent } from '../terminal-events.js';

export type OfflineWorld = ReturnType<typeof offlineWorld>;

/** A service at which sales without a network are allowed, and the time that all of it lives in. */
export function offlineWorld(settings: Partial<OfflineSettings> | null = {}) {
  const time = new VirtualTime();
  // Two terminals, or two lives of one, make numbers of their own.
  time.random = (length) => randomBytes(length);
  const campus = new OfflineCampus(() => time.now());
  const service = new FakeService(time);
  const list = { next: campus.makeList() };
  const terms = { now: settings };
  const usual = service.settings.bind(service);
  service.enrolled = (key) => {
    campus.terminalKey = key;
  };
  service.settings = () => ({
    ...usual(),
    offline: terms.now === null ? null : campus.settings(terms.now),
  });
  service.other = (route, body) => {
    if (route.startsWith('GET /v1/hotlists/')) return { status: 200, body: list.next };
    if (route === 'POST /v1/terminal-heartbeats') return { status: 200, body: {} };
    if (route === 'POST /v1/offline-sales') return { status: 200, body: campus.take(body) };
    return null;
  };
  const events: TerminalEvent[] = [];
  const optionsFor = (journal: JournalStore, stateDir: string | null = null) => ({
    baseUrl: 'http://127.0.0.1:1',
    stateDir,
    surroundings: time,
    transport: service.transport,
    onEvent: (event: TerminalEvent) => {
      events.push(event);
    },
    journal,
  });
  return { time, campus, service, list, terms, events, optionsFor };
}

/** An enrolled terminal of that world, which has fetched all that it needs. */
export async function offlineTerminal(
  world: OfflineWorld,
  journal: JournalStore = new MemoryJournalStore(),
  stateDir: string | null = null,
): Promise<TerminalClient> {
  const { service, optionsFor } = world;
  const client = await TerminalClient.enrol({
    ...optionsFor(journal, stateDir),
    serviceName: service.name,
    enrolmentCode: '7F3K-9QXA',
    model: 'test',
    softwareVersion: '1',
  });
  await client.fetchSettings();
  service.log.length = 0;
  return client;
}
