/** One use of a device that counts, as the device saw it. Readings in thousandths of its unit. */
export type DeviceUse = {
  readonly orderNumber: string;
  readonly terminalId: string;
  /** Fen. */
  readonly held: number;
  readonly unitPrice: number;
  /** A price that was known before; what is held is that. */
  readonly hasProgramme: boolean;
  /** What its meter counted. */
  counted: number;
  /** Of what it said, the last that the service has heard in time. */
  heard: number;
  /** clock: the device lost its power before it could say the last word. */
  end: 'device' | 'clock';
};

/** What the protocol says that it costs. */
export function costOf({ hasProgramme, held, unitPrice, heard }: DeviceUse): number {
  if (hasProgramme) return heard > 0 ? held : 0;
  return Math.min(held, Math.floor((heard * unitPrice) / 1000));
}

/** Everything that devices gave. */
export class DeviceUses {
  private readonly byOrder = new Map<string, DeviceUse>();

  add(use: DeviceUse): DeviceUse {
    this.byOrder.set(use.orderNumber, use);
    return use;
  }

  of(orderNumber: string): DeviceUse | undefined {
    return this.byOrder.get(orderNumber);
  }

  all(): readonly DeviceUse[] {
    return [...this.byOrder.values()];
  }
}
