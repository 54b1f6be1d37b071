/**
 * The house, from the ground up. A module may import the modules on its line, all of them above it in this file, and only
 * their root files; `platform` and `money` lie under all. To react to an event is to import it.
 * The database keeps the same house: each module owns the PostgreSQL schema of its name (with `_` for `-`), and its SQL
 * uses only the schemas of the modules on its line. `test/architecture` holds imports and SQL to this table.
 */
export const house = {
  // ground
  platform: {
    is: 'config, database, events, jobs, access, clock, logs; the WeChat client',
    may: [],
  },
  money: { is: 'integer amounts and how they are written. Pure', may: [] },
  realtime: { is: "hints to whoever is connected: an event's name and ids", may: [] },
  // books and people
  ledger: { is: 'accounts, entries, holds, proofs; owners are opaque', may: [] },
  bank: { is: "the bank's port: agreements, instructions, statements", may: [] },
  staff: { is: 'staff logins, roles, approvals, audit', may: [] },
  cardholders: { is: 'people, groups, sign-in, WeChat binding', may: ['staff'] },
  // campus
  messages: {
    is: 'saying one thing over an allowed channel: consent, inbox, landings',
    may: ['cardholders'],
  },
  places: {
    is: 'merchants, places, meal periods, tariffs',
    may: ['cardholders', 'staff', 'ledger'],
  },
  cards: {
    is: 'status, purses and their rules, limits, statement',
    may: ['places', 'cardholders', 'staff', 'ledger'],
  },
  terminals: { is: 'devices: keys, settings, heartbeat', may: ['places', 'staff', 'realtime'] },
  'payment-codes': {
    is: "phones' credentials; resolve, consume",
    may: ['cards', 'messages', 'cardholders', 'staff', 'ledger'],
  },
  'static-credentials': {
    is: 'plastic cards, number and PIN: what pays without a phone, and its caps',
    may: ['terminals', 'cards', 'messages', 'places', 'cardholders', 'staff', 'ledger'],
  },
  // paying
  payments: {
    is: 'from scan to verdict, and back: capture, reverse, refund',
    may: [
      'static-credentials',
      'payment-codes',
      'terminals',
      'cards',
      'places',
      'cardholders',
      'staff',
      'ledger',
    ],
  },
  'offline-sales': {
    is: 'what terminals sold without us: take in, decide, quarantine',
    may: [
      'payments',
      'payment-codes',
      'terminals',
      'cards',
      'messages',
      'places',
      'cardholders',
      'staff',
      'ledger',
    ],
  },
  purchases: {
    is: 'what a phone buys without a terminal, for whoever sells it',
    may: [
      'payments',
      'payment-codes',
      'terminals',
      'cards',
      'places',
      'cardholders',
      'staff',
      'ledger',
    ],
  },
  gates: {
    is: 'visits, passes, presence',
    may: [
      'purchases',
      'payments',
      'payment-codes',
      'terminals',
      'cards',
      'places',
      'cardholders',
      'staff',
      'ledger',
    ],
  },
  meters: {
    is: 'rooms, credit, readings, tickets, sessions',
    may: [
      'purchases',
      'payments',
      'payment-codes',
      'terminals',
      'cards',
      'messages',
      'places',
      'cardholders',
      'staff',
      'ledger',
    ],
  },
  sandbox: {
    is: 'named test students whose answers get lost or come late; in a demo alone',
    may: ['payments', 'payment-codes', 'cards'],
  },
  // the office
  funding: {
    is: 'money into and out of purses: imports, collection',
    may: ['offline-sales', 'payments', 'cards', 'cardholders', 'bank', 'staff', 'ledger'],
  },
  settlement: {
    is: "shift, void, business day, the day's totals by merchant",
    may: ['payments', 'terminals', 'places', 'bank', 'staff', 'ledger'],
  },
  reconciliation: {
    is: 'three stories compared; discrepancies by type',
    may: ['settlement', 'payments', 'bank', 'staff', 'ledger'],
  },
  // after the payment
  journeys: {
    is: 'campaigns, touches, the offer slot',
    may: ['payments', 'messages', 'cards', 'places', 'cardholders', 'staff'],
  },
  receipts: {
    is: "the receipt's message and page",
    may: ['journeys', 'payments', 'messages', 'cards', 'places', 'cardholders'],
  },
} as const;

export type ModuleName = keyof typeof house;

/** The PostgreSQL schema a module owns. */
export const schemaOf = (name: ModuleName): string => name.replaceAll('-', '_');

/** Every module, from the ground up. */
export const modulesFromTheGroundUp = Object.keys(house) as ModuleName[];
