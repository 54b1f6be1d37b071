import { generateTerminalKey, type TerminalKey } from '@campus-paycode/terminal-client';
import type { ServiceKey, TerminalSettings } from '@campus-paycode/terminal-protocol';

export type OpenSale = {
  readonly orderNumber: string;
  readonly sequence: number;
  readonly body: string;
  readonly startedAt: number;
  pendingUntil: number | null;
};

/** What survives a loss of power. */
export type Disk = {
  key: TerminalKey;
  keyId: string;
  serviceName: string;
  settings: TerminalSettings | null;
  serviceKeys: readonly ServiceKey[];
  settingsVersion: string;
  sequence: number;
  sale: OpenSale | null;
  reversals: string[];
  totals: {
    sales: { count: number; amount: number };
    reversals: { count: number; amount: number };
  };
  openedAt: string;
};

export function newDisk(): Disk {
  const none = () => ({ count: 0, amount: 0 });
  return {
    key: generateTerminalKey('ed25519'),
    keyId: '',
    serviceName: '',
    settings: null,
    serviceKeys: [],
    settingsVersion: '',
    sequence: 0,
    sale: null,
    reversals: [],
    totals: { sales: none(), reversals: none() },
    openedAt: '',
  };
}
