/** Looks at a terminal from the other side: the kit plays the service, and everything goes wrong. */
import { must, runChecks, type Check, type Finding, type Tell } from '../check.js';
import { answerChecks } from './answer-checks.js';
import { counterChecks } from './counter-checks.js';
import { deviceChecks } from './device-checks.js';
import { doubtChecks } from './doubt-checks.js';
import { furtherChecks } from './further-checks.js';
import { gateChecks } from './gate-checks.js';
import { gateDoubtChecks } from './gate-doubt-checks.js';
import { offlineChecks } from './offline-checks.js';
import { laterChecks } from './later-checks.js';
import { PlayedService } from './played-service.js';
import { roomChecks } from './room-checks.js';
import { TerminalWorld, type TerminalCheck } from './terminal-world.js';
import type { Candidate } from './candidate.js';
import type { KitTime } from './kit-time.js';
import type { Seen } from './watch-body.js';

export type TerminalOptions = {
  readonly candidate: Candidate;
  readonly time: KitTime;
  /** Where the terminal finds the service that the kit plays. */
  readonly url: string;
  /** From now on this one is the service. */
  readonly play: (service: PlayedService) => void;
  readonly tell: Tell;
  /** All of them, when it is left out. */
  readonly checks?: readonly TerminalCheck[];
};

/** By section, each of which begins with what a terminal that enrols and sells cannot do without. */
export const checkGroups: readonly (readonly TerminalCheck[])[] = [
  answerChecks,
  doubtChecks,
  laterChecks,
  furtherChecks,
  offlineChecks,
  [...gateChecks, ...gateDoubtChecks],
  deviceChecks,
  counterChecks,
  roomChecks,
];
export const terminalChecks: readonly TerminalCheck[] = checkGroups.flat();

type Watched = { readonly broken: readonly Seen[]; readonly requests: number };

const watched = (rule: string, title: string): Check<Watched> => ({
  rule,
  title: `${title}, in every request`,
  run: ({ broken, requests }) => {
    const own = broken.filter((each) => each.rule === rule).map(({ what }) => what);
    must(own.length === 0, `${own.length} times, first: ${own[0]}`);
    return Promise.resolve(`${requests} requests`);
  },
});

/** What was watched all the while. */
export const watchChecks: readonly Check<Watched>[] = [
  watched('R1', 'sends JSON'),
  watched('R2', 'writes amounts, instants and numbers as they must be written'),
  watched('R3', 'sends exactly the fields of the route'),
  watched('R4', 'names the version'),
  watched('R5', 'sends a body only as JSON, and none with GET'),
  watched('R6', 'signs by its own key, in raw bytes'),
  watched('R7', 'covers exactly the components'),
  watched('R8', 'signs for the service name, whatever the address'),
  watched('R9', 'sends the digest of its bytes'),
  watched('R10', 'writes the parameters as they must be written'),
  watched('R15', 'calls itself by 1 to 60 characters'),
];

export async function certifyTerminal(options: TerminalOptions): Promise<Finding[]> {
  const { candidate, time, url, play, tell, checks = terminalChecks } = options;
  const broken: Seen[] = [];
  let requests = 0;
  let before: PlayedService | undefined;
  const keep = () => {
    broken.push(...(before?.broken ?? []));
    requests += before?.log.length ?? 0;
  };
  const worldFor = async (check: Check<TerminalWorld>): Promise<TerminalWorld> => {
    const { tariff, needs = 'sell', bare, offline = false, settings } = check as TerminalCheck;
    keep();
    const service = new PlayedService(time, tariff);
    service.sellsOffline = offline;
    service.place = settings ?? {};
    before = service;
    play(service);
    const world = new TerminalWorld(service, candidate, time, url);
    world.needs([needs].flat());
    if (bare !== true) await world.begin();
    return world;
  };
  const driven = await runChecks('terminal', checks, worldFor, tell);
  keep();
  await candidate.end();
  const all = await runChecks('terminal', watchChecks, () => ({ broken, requests }), tell);
  return [...driven, ...all];
}
