import type { Check } from './judge.js';
import { noneBreaks } from './none-breaks.js';
import type { Passage } from './passages.js';

/** What the service keeps of a scan. Amounts in fen. */
export type KeptPassage = {
  readonly orderNumber: string;
  /** Null of a scan that never arrived and was barred. */
  readonly verdict: string | null;
  readonly reason: string | null;
  readonly state: string | null;
  /** Whether the clock ended it. */
  readonly lapsed: boolean;
  readonly visit: string | null;
};

export type KeptVisit = {
  readonly id: string;
  readonly orderNumber: string;
  readonly state: string;
  readonly endReason: string | null;
  readonly charged: number;
  /** What its sale took, less what went back; null where nothing was to pay. */
  readonly paid: number | null;
};

export type GateBooks = {
  readonly passages: readonly KeptPassage[];
  readonly visits: readonly KeptVisit[];
};

/** Whether presence adds up: what gates saw, beside the visits that the service keeps. */
export function judgeGates(seen: readonly Passage[], { passages, visits }: GateBooks): Check[] {
  if (seen.length === 0) return [];
  const keptOf = new Map(passages.map((kept) => [kept.orderNumber, kept]));
  const visitOf = new Map(visits.map((visit) => [visit.orderNumber, visit]));
  const visitById = new Map(visits.map((visit) => [visit.id, visit]));
  const isIn = (one: Passage) => one.direction === 'entry' && wasPassed(one);
  const exits = seen.filter((one) => one.direction === 'exit' && wasPassed(one));
  const leftBy = new Map(exits.map((one) => [keptOf.get(one.orderNumber)?.visit, one]));
  const entered = seen.filter(isIn);
  const stayed = entered.filter(
    ({ orderNumber }) => !leftBy.has(visitOf.get(orderNumber)?.id ?? null),
  );
  const opened = seen.filter(({ outcome }) => outcome === 'open');
  return [
    noneBreaks(
      `Every passage that a gate opened for was passed or told (${opened.length})`,
      opened.filter((one) => !isAsSeen(one, keptOf.get(one.orderNumber))),
    ),
    noneBreaks(
      'A gate that stayed shut let nobody in',
      seen.filter((one) => one.outcome !== 'open' && !isNothing(one, keptOf, visitOf)),
    ),
    noneBreaks(
      `Everybody who came in has one visit, and it is over (${entered.length})`,
      entered.filter(({ orderNumber }) => visitOf.get(orderNumber)?.state !== 'over'),
    ),
    noneBreaks(
      `Everybody who was seen to leave left the visit that they were in (${exits.length})`,
      exits.filter(({ orderNumber, amount }) => {
        const visit = visitById.get(keptOf.get(orderNumber)?.visit ?? '');
        return visit?.endReason !== 'exit' || visit.charged !== amount;
      }),
    ),
    noneBreaks(
      `Whoever was not seen to leave is inside until the place closes (${stayed.length})`,
      stayed.filter(({ orderNumber }) => visitOf.get(orderNumber)?.endReason !== 'forgotten'),
    ),
    noneBreaks(
      'Nobody is inside any more',
      visits.filter(({ state }) => state !== 'over' && state !== 'void'),
    ),
    noneBreaks(
      'No visit that no gate began',
      visits.filter(
        (visit) =>
          !entered.some((one) => one.orderNumber === visit.orderNumber) && visit.state !== 'void',
      ),
    ),
    noneBreaks(
      'Every visit cost what its sale took',
      visits.filter(({ charged, paid }) => charged !== (paid ?? 0)),
    ),
  ];
}

/** The sensor saw somebody, and the service heard of it in time. */
const wasPassed = ({ saw, told }: Passage): boolean => saw === 'passed' && told === 'passed';

function isAsSeen({ saw, told }: Passage, kept: KeptPassage | undefined): boolean {
  if (saw === 'not_passed') return told === 'not_passed' && kept?.state === 'voided';
  if (told === 'passed') return kept?.state === 'passed';
  // A passage is good for eight seconds; what is told later stays as the clock left it.
  return told === 'too_late' && kept?.state === 'voided' && kept.lapsed;
}

function isNothing(
  { orderNumber, outcome, reason }: Passage,
  keptOf: ReadonlyMap<string, KeptPassage>,
  visitOf: ReadonlyMap<string, KeptVisit>,
): boolean {
  const kept = keptOf.get(orderNumber);
  const visit = visitOf.get(orderNumber);
  if (visit !== undefined && visit.state !== 'void') return false;
  if (outcome === 'declined') return kept?.state === 'declined' && kept.reason === reason;
  if (outcome === 'refused') return kept === undefined;
  return kept === undefined || kept.state === null || kept.state !== 'passed';
}
