import type { BookedEntry, BookedPayment, Books, Proof } from './books.js';
import type { Fate, Outcome } from './fates.js';
import type { Mishap } from './plan-lunch.js';

export type Check = {
  readonly name: string;
  readonly holds: boolean;
  /** The numbers behind it, and the first few sales that break it. */
  readonly detail: string;
};

export type Judgment = {
  readonly checks: readonly Check[];
  /** Order numbers that were paid or booked more than once. */
  readonly doubled: number;
  /** Sales seen approved that are not in the books. */
  readonly missing: number;
};

type Story = {
  readonly fate: Fate;
  readonly payments: readonly BookedPayment[];
  readonly entries: readonly BookedEntry[];
};

const shown = 3;

/** A phone's clock is a little off, and a code shown at the change of a step may come too early. */
const unluckyShare = 0.05;
const unluckyAnyway = 3;

/** Codes that must never pay: used up, long expired, somebody else's, half a code. */
const worthless: readonly (Mishap | null)[] = ['stale-code', 'foreign-code', 'misread-code'];

/** Codes that their phone had just made. */
const fresh: readonly (Mishap | null)[] = [
  null,
  'taken-back',
  'charged-again',
  'sent-twice',
  'copy-strays',
];

/** Compares what the terminals saw with what the service keeps, sale by sale and in sums. */
export function judge(
  fates: readonly Fate[],
  books: Books,
  /** Order numbers of what is judged elsewhere. */
  alsoKnown: readonly string[] = [],
): Judgment {
  const stories = tellStories(fates, books);
  const missing = stories.filter((story) => isMissing(story, books));
  const doubled = stories.filter(isDoubled);
  const checks = [
    ...checksOfSales(stories, books),
    none('No order number was paid twice', doubled),
    freshCodesAreKnown(fates),
    ...checksOfSums([...fates.map(({ orderNumber }) => orderNumber), ...alsoKnown], books),
  ];
  const approved = count(stories, 'approved');
  checks.unshift(none(`Every sale seen approved is in the books (${approved})`, missing));
  return { checks, doubled: doubled.length, missing: missing.length };
}

function tellStories(fates: readonly Fate[], { payments, entries }: Books): Story[] {
  const paymentsOf = groupBy(payments, ({ orderNumber }) => orderNumber);
  const entriesOf = groupBy(entries ?? [], ({ payment }) => payment);
  return fates.map((fate) => {
    const own = paymentsOf.get(fate.orderNumber) ?? [];
    return { fate, payments: own, entries: own.flatMap(({ id }) => entriesOf.get(id) ?? []) };
  });
}

/** Paid in one of the payments, and posted where the ledger is open to us. */
function isMissing({ fate, payments, entries }: Story, { entries: ledger }: Books): boolean {
  if (fate.outcome !== 'approved') return false;
  const payment = payments.find(
    ({ verdict, amount }) => verdict === 'approved' && amount === fate.amount,
  );
  if (payment === undefined) return true;
  return ledger !== null && payment.captured > 0 && entries.length === 0;
}

function isDoubled({ payments, entries }: Story): boolean {
  const sold = entries.filter(({ kind }) => kind === 'sale');
  const undone = entries.filter(({ kind }) => kind === 'reversal');
  const captures = entries.filter(({ kind }) => kind === 'capture');
  return payments.length > 1 || sold.length > 1 || undone.length > sold.length + captures.length;
}

function checksOfSales(stories: readonly Story[], { entries }: Books): Check[] {
  const all = (outcome: Outcome) => stories.filter(({ fate }) => fate.outcome === outcome);
  const alone = stories.filter(({ fate }) => fate.mishap === 'no-network');
  const checks = [
    none(
      'Every approved sale took what its terminal was told',
      all('approved').filter(({ fate, payments }) =>
        payments.some(({ captured, returned }) => captured !== fate.captured || returned !== 0),
      ),
    ),
    none(
      `Every declined sale is kept as declined, for the same reason (${all('declined').length})`,
      all('declined').filter(
        ({ fate, payments: [payment] }) =>
          payment?.state !== 'declined' || payment.reason !== fate.reason,
      ),
    ),
    none(
      `Nothing of a refused request is kept (${all('refused').length})`,
      all('refused').filter(({ payments }) => payments.length > 0),
    ),
    none(
      `Every reversed sale comes to nothing (${all('reversed').length})`,
      all('reversed').filter(({ payments }) => payments.some((payment) => netOf(payment) !== 0)),
    ),
    none(
      `Every sale without a network is paid (${alone.length})`,
      alone.filter(({ fate }) => fate.outcome !== 'approved'),
    ),
    ...checksOfWords(stories),
    none(
      'No stale, foreign or misread code paid',
      stories.filter(({ fate }) => worthless.includes(fate.mishap) && fate.outcome === 'approved'),
    ),
  ];
  return entries === null ? checks : [...checks, ...checksOfEntries(stories)];
}

/** What a sale comes to is what was said to it, whoever was asked. */
function checksOfWords(stories: readonly Story[]): Check[] {
  const confirmed = stories.filter(({ fate }) => fate.heard === 'confirmed');
  const unpaid = stories.filter(
    ({ fate: { word, heard } }) => word === 'nothing' || heard === 'refused',
  );
  const waiting = stories.filter(
    ({ fate, payments }) =>
      fate.outcome === 'pending' || payments.some(({ verdict }) => verdict === 'pending'),
  );
  return [
    none(
      `Every sale confirmed in time is paid (${confirmed.length})`,
      confirmed.filter(
        ({ fate, payments: [payment] }) =>
          (fate.outcome !== 'approved' && fate.outcome !== 'reversed') ||
          payment?.verdict !== 'approved',
      ),
    ),
    none(
      `Every sale refused or left without a word took nothing (${unpaid.length})`,
      unpaid.filter((story) => !tookNothing(story)),
    ),
    none('No sale waits for a word any more', waiting),
  ];
}

function tookNothing({ fate, payments, entries }: Story): boolean {
  const reason = fate.word === 'nothing' ? 'confirmation_expired' : 'confirmation_refused';
  if (fate.outcome === 'approved' || entries.length > 0) return false;
  if (fate.outcome === 'declined' && fate.reason !== reason) return false;
  return payments.every(({ verdict, captured }) => verdict !== 'approved' && captured === 0);
}

function freshCodesAreKnown(fates: readonly Fate[]): Check {
  const shownFresh = fates.filter(({ mishap }) => fresh.includes(mishap));
  const refused = shownFresh.filter(({ reason }) => reason === 'code_invalid');
  return {
    name: 'Fresh codes are known',
    holds: refused.length <= shownFresh.length * unluckyShare + unluckyAnyway,
    detail: `${refused.length} of ${shownFresh.length} were not`,
  };
}

function checksOfEntries(stories: readonly Story[]): Check[] {
  return [
    none(
      'The ledger has every payment exactly once, with its amount',
      stories.filter(({ payments, entries }) =>
        payments.some((payment) => !isPosted(payment, entries)),
      ),
    ),
    none(
      'The ledger has nothing of a declined sale',
      stories.filter(({ fate, entries }) => fate.outcome === 'declined' && entries.length > 0),
    ),
  ];
}

/** What the payment says it took and returned is what its entries moved. */
function isPosted({ id, captured, returned }: BookedPayment, all: readonly BookedEntry[]): boolean {
  const own = all.filter(({ payment }) => payment === id);
  const moved = (reversal: boolean) =>
    own
      .filter(({ kind }) => (kind === 'reversal') === reversal)
      .reduce((sum, { toMerchant }) => sum + toMerchant, 0);
  return moved(false) === captured && moved(true) === -returned;
}

function checksOfSums(orders: readonly string[], { payments, entries, ...books }: Books): Check[] {
  const known = new Set(orders);
  const strangers = payments.filter(({ orderNumber }) => !known.has(orderNumber));
  const checks: Check[] = [
    {
      name: 'No payment that no terminal made',
      holds: strangers.length === 0,
      detail: `${strangers.length} of ${payments.length}${listed(strangers)}`,
    },
  ];
  if (entries !== null) {
    const paid = sum(payments.map(netOf));
    const owed = sum(entries.map(({ toMerchant }) => toMerchant));
    checks.push({
      name: 'Merchants are owed what was paid',
      holds: paid === owed,
      detail: `paid ${paid} fen, owed ${owed} fen`,
    });
  }
  checks.push({
    name: 'The ledger sums to zero',
    holds: books.ledgerSum === 0n,
    detail: `${books.ledgerSum} fen`,
  });
  return [...checks, ...(books.proofs ?? []).map(checkOf)];
}

export const checkOf = ({ proof, broken }: Proof): Check => ({
  name: `Proof: ${proof}`,
  holds: broken === 0,
  detail: `${broken} broken`,
});

/** Two views of the same payments must not differ. */
export function agree(
  name: string,
  one: readonly BookedPayment[],
  other: readonly BookedPayment[],
): Check {
  const lines = (payments: readonly BookedPayment[]) =>
    new Map(payments.map((payment) => [payment.orderNumber, lineOf(payment)]));
  const [left, right] = [lines(one), lines(other)];
  const numbers = new Set([...left.keys(), ...right.keys()]);
  const differ = [...numbers].filter((number) => left.get(number) !== right.get(number));
  return {
    name,
    holds: differ.length === 0 && one.length === other.length,
    detail: `${one.length} and ${other.length} payments, ${differ.length} differ${listed(
      differ.map((orderNumber) => ({ orderNumber })),
    )}`,
  };
}

const lineOf = ({ verdict, reason, state, amount, captured, returned }: BookedPayment): string =>
  [verdict, reason, state, amount, captured, returned].join(' ');

const netOf = ({ captured, returned }: BookedPayment): number => captured - returned;

const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0);

const count = (stories: readonly Story[], outcome: Outcome): number =>
  stories.filter(({ fate }) => fate.outcome === outcome).length;

function none(name: string, breaking: readonly Story[]): Check {
  const orders = breaking.map(({ fate }) => fate);
  const holds = breaking.length === 0;
  return { name, holds, detail: holds ? '' : `${breaking.length} break it${listed(orders)}` };
}

function listed(orders: readonly { readonly orderNumber: string }[]): string {
  if (orders.length === 0) return '';
  const numbers = orders.slice(0, shown).map(({ orderNumber }) => orderNumber);
  return `: ${numbers.join(', ')}${orders.length > shown ? ', ...' : ''}`;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
