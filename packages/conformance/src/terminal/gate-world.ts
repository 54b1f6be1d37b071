import type { TerminalWorld } from './terminal-world.js';

/** What a check of a gate begins with. */
export const gate = {
  needs: 'gate',
  tariff: { type: 'fixed', amount: 300 },
  settings: { kind: 'gym' },
} as const;

export async function scan(
  world: TerminalWorld,
  direction: 'entry' | 'exit' = 'entry',
): Promise<void> {
  await world.present((code) => ({ do: 'pass', code, direction }));
}

/** What the gate said of its passages: the last part of each target. */
export const words = ({ service }: TerminalWorld): string[] =>
  service.requests('passed').map(({ target }) => target.split('/').at(-1) ?? '');

export const mustStayShut = (world: TerminalWorld, when: string): Promise<void> =>
  world.mustNotShow('gate_open', when);

/** A door that opens for a moment is an open door: the kit looks twice a second. */
export async function mustStayShutFor(
  world: TerminalWorld,
  millis: number,
  when: string,
): Promise<void> {
  for (let passed = 0; passed < millis; passed += LOOK_MILLIS) {
    await mustStayShut(world, `${passed} ms after ${when}`);
    await world.pass(LOOK_MILLIS);
  }
}

const LOOK_MILLIS = 500;
