/** Every wrong terminal: each has one habit against one rule. */
import type { Candidate } from '../terminal/candidate.js';
import type { Line } from './plain-channel.js';
import { PlainDevice, wrongDevices } from './plain-device.js';
import { PlainGate, wrongGates } from './plain-gate.js';
import { PlainTill } from './plain-till.js';
import { wrongClients } from './wrong-clients.js';
import { wrongReferences } from './wrong-reference.js';

export type WrongTerminal = {
  readonly name: string;
  readonly rule: string;
  readonly make: (line: Line) => Candidate;
};

export const wrongTerminals: readonly WrongTerminal[] = [
  ...wrongClients.map(({ name, habits, rule }) => ({
    name,
    rule,
    make: (line: Line) => new PlainTill(line, habits),
  })),
  ...wrongReferences,
  ...wrongGates.map(({ name, habits, rule }) => ({
    name,
    rule,
    make: (line: Line) => new PlainGate(line, habits),
  })),
  ...wrongDevices.map(({ name, habits, rule }) => ({
    name,
    rule,
    make: (line: Line) => new PlainDevice(line, habits),
  })),
];
