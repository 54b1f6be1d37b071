import type { Ending, Operation, Reversal, Verdict } from './history.js';

/** What the service has in the end. Amounts in fen. */
export type KeptPayment = {
  readonly id: string;
  readonly orderNumber: string;
  readonly terminal: number;
  readonly verdict: string;
  readonly reason: string | null;
  readonly state: string;
  readonly amount: number;
  readonly captured: number;
  readonly returned: number;
  /** `card counter`; null when the code was nobody's. */
  readonly code: string | null;
};

export type KeptEntry = {
  readonly payment: string;
  /** sale, reversal. */
  readonly kind: string;
  /** What it moved to the merchant: below zero when it went back. */
  readonly toMerchant: number;
};

export type Kept = {
  readonly payments: readonly KeptPayment[];
  readonly entries: readonly KeptEntry[];
  /** Events of the outbox about a payment. */
  readonly events: readonly { readonly payment: string; readonly type: string }[];
  /** Payments, once for each receipt; and once for each message about one. */
  readonly receipts: readonly string[];
  readonly receiptMessages: readonly string[];
  /** Consumers whose cursor stands before the last event, or that set an event aside. */
  readonly consumersBehind: readonly string[];
  readonly brokenProofs: readonly string[];
};

export type Violation = { readonly rule: string; readonly about: string; readonly detail: string };

type Story = {
  readonly orderNumber: string;
  readonly operations: readonly Operation[];
  readonly payments: readonly KeptPayment[];
  readonly entries: readonly KeptEntry[];
  readonly events: readonly string[];
  readonly receipts: number;
  readonly messages: number;
};

type Rule = (story: Story) => readonly string[];

/**
 * Holds what terminals saw against what the service has. Each order number is judged by itself: which operations of it may
 * have happened follows from what was acknowledged, whatever was killed in between.
 */
export function checkHistory(operations: readonly Operation[], kept: Kept): Violation[] {
  const violations = tellStories(operations, kept).flatMap((story) =>
    Object.entries(rules).flatMap(([rule, judge]) =>
      judge(story).map((detail) => ({ rule, about: story.orderNumber, detail })),
    ),
  );
  return [...violations, ...checkTheWhole(operations, kept)];
}

function tellStories(operations: readonly Operation[], kept: Kept): Story[] {
  const entriesOf = groupBy(kept.entries, ({ payment }) => payment);
  const eventsOf = groupBy(kept.events, ({ payment }) => payment);
  const receiptsOf = groupBy(kept.receipts, (payment) => payment);
  const messagesOf = groupBy(kept.receiptMessages, (payment) => payment);
  const paymentsOf = groupBy(kept.payments, ({ orderNumber }) => orderNumber);
  const operationsOf = groupBy(operations, ({ question }) => question.orderNumber);
  return [...operationsOf].map(([orderNumber, own]) => {
    const payments = paymentsOf.get(orderNumber) ?? [];
    const of = <Item>(all: ReadonlyMap<string, Item[]>): Item[] =>
      payments.flatMap(({ id }) => all.get(id) ?? []);
    return {
      orderNumber,
      operations: own,
      payments,
      entries: of(entriesOf),
      events: of(eventsOf).map(({ type }) => type),
      receipts: of(receiptsOf).length,
      messages: of(messagesOf).length,
    };
  });
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

const rules: Readonly<Record<string, Rule>> = {
  'an acknowledged approval is in payments and ledger, once and with its amount': (story) =>
    verdictsOf(story)
      .filter(({ verdict }) => verdict === 'approved')
      .flatMap(({ paymentId, amount }) => {
        const { payments, entries } = story;
        const sales = entries.filter(({ kind }) => kind === 'sale');
        const isKept =
          payments.length === 1 &&
          payments.every((kept) => kept.id === paymentId && kept.verdict === 'approved') &&
          payments.every((kept) => kept.amount === amount && kept.captured === amount) &&
          sales.length === 1 &&
          sales.every(({ toMerchant }) => toMerchant === amount);
        return isKept ? [] : [`approved ${paymentId} of ${amount}; kept ${describe(story)}`];
      }),

  'an acknowledged decline is kept as it was, and is not in the ledger': (story) =>
    verdictsOf(story)
      .filter(({ verdict }) => verdict === 'declined')
      .flatMap(({ paymentId, reason }) => {
        const { payments, entries } = story;
        const isKept =
          payments.length === 1 &&
          payments.every((kept) => kept.id === paymentId && kept.verdict === 'declined') &&
          payments.every((kept) => kept.reason === reason && kept.captured === 0) &&
          entries.length === 0;
        return isKept ? [] : [`declined ${paymentId} for ${reason}; kept ${describe(story)}`];
      }),

  'an acknowledged verdict never changes': (story) => {
    const told = new Set(verdictsOf(story).map((verdict) => JSON.stringify(sorted(verdict))));
    return told.size > 1 ? [[...told].join(' and ')] : [];
  },

  'whatever was heard, a sale happened at most once': (story) => {
    const sales = story.entries.filter(({ kind }) => kind === 'sale');
    const reversals = story.entries.filter(({ kind }) => kind === 'reversal');
    const isOnce =
      story.payments.length <= 1 && sales.length <= 1 && reversals.length <= sales.length;
    return isOnce ? [] : [describe(story)];
  },

  'what was refused alone is not kept': (story) => {
    const sent = story.operations.filter(({ question }) => question.ask === 'sell');
    const isRefused = sent.every(({ ending }) => ending.end === 'refused');
    return isRefused && story.payments.length > 0 ? [describe(story)] : [];
  },

  'an acknowledged reversal stands, and returned what it said': (story) =>
    reversalsOf(story).flatMap(({ reversal }) =>
      isStanding(story, reversal) ? [] : [`${reversal.outcome}; kept ${describe(story)}`],
    ),

  'what was barred before it arrived never arrives': (story) =>
    reversalsOf(story)
      .filter(({ reversal }) => reversal.outcome === 'never_seen')
      .flatMap(({ ended }) => {
        const late = story.operations.filter(
          ({ asked, ending }) => asked > ended && ending.end === 'verdict',
        );
        return late.length > 0 ? [`${late.length} verdicts after it was barred`] : [];
      }),

  'nothing is returned that nobody asked to reverse': (story) => {
    const isAsked = story.operations.some(({ question }) => question.ask === 'reverse');
    const isReturned =
      story.entries.some(({ kind }) => kind === 'reversal') ||
      story.payments.some(({ returned }) => returned > 0);
    return isReturned && !isAsked ? [describe(story)] : [];
  },

  'a payment has one event of its verdict, and one of its reversal': ({ payments, events }) => {
    const due = payments.flatMap(({ verdict, state }) => [
      `payment.${verdict}`,
      ...(state === 'reversed' ? ['payment.reversed'] : []),
    ]);
    const [is, should] = [events, due].map((types) => types.toSorted().join());
    return is === should ? [] : [`${is} instead of ${should}`];
  },

  'a payment that stands has one receipt and one message, another at most one': (story) =>
    story.payments.flatMap(({ state }) => {
      const counts = [story.receipts, story.messages];
      const most = state === 'declined' ? 0 : 1;
      const least = state === 'captured' ? 1 : 0;
      return counts.every((count) => count >= least && count <= most)
        ? []
        : [`${state}, ${counts.join(' and ')}`];
    }),
};

function checkTheWhole(operations: readonly Operation[], kept: Kept): Violation[] {
  const known = new Set(operations.map(({ question }) => question.orderNumber));
  const strangers = kept.payments.filter(({ orderNumber }) => !known.has(orderNumber));
  const paid = kept.payments.filter(({ verdict, code }) => verdict === 'approved' && code !== null);
  const twice = [...groupBy(paid, ({ code }) => String(code))].filter(([, own]) => own.length > 1);
  return [
    ...strangers.map(({ orderNumber }) => violation('no payment is a stranger', orderNumber)),
    ...twice.map(([code]) => violation('a code pays once', code)),
    ...kept.consumersBehind.map((name) => violation('every consumer has heard everything', name)),
    ...kept.brokenProofs.map((proof) => violation('the books prove', proof)),
  ];
}

const violation = (rule: string, about: string): Violation => ({ rule, about, detail: '' });

const verdictsOf = ({ operations }: Story): Verdict[] =>
  operations.flatMap(({ ending }) => (ending.end === 'verdict' ? [ending.verdict] : []));

type EndedReversal = { readonly ended: number; readonly reversal: Reversal };

const reversalsOf = ({ operations }: Story): EndedReversal[] =>
  operations.flatMap(({ ended, ending }) =>
    ended !== null && isReversal(ending) ? [{ ended, reversal: ending.reversal }] : [],
  );

const isReversal = (ending: Ending): ending is Ending & { end: 'reversal' } =>
  ending.end === 'reversal';

function isStanding({ payments, entries }: Story, { outcome, returned }: Reversal): boolean {
  const [payment] = payments;
  if (outcome === 'never_seen') return payment === undefined;
  if (payments.length !== 1 || payment === undefined) return false;
  if (outcome === 'was_declined') return payment.verdict === 'declined' && entries.length === 0;
  const back = entries.filter(({ kind }) => kind === 'reversal');
  return (
    (outcome === 'reversed' || outcome === 'already_reversed') &&
    payment.state === 'reversed' &&
    payment.returned === returned &&
    back.length === 1 &&
    back.every(({ toMerchant }) => toMerchant === -returned)
  );
}

const describe = ({ payments, entries }: Story): string =>
  JSON.stringify({ payments, entries: entries.map(({ kind, toMerchant }) => [kind, toMerchant]) });

const sorted = ({ paymentId, verdict, reason, amount }: Verdict): Verdict => ({
  paymentId,
  verdict,
  reason,
  amount,
});
