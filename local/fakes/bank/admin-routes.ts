import type { MovableClock } from '../clock.js';
import { json, jsonObject } from '../serve.js';
import type { Route } from '../serve.js';
import type { BankBooks } from './books.js';
import type { BankDesk } from './desk.js';
import type { BankFault, FaultPlan } from './faults.js';
import { isAmount } from './reading.js';
import { problem } from './routes.js';

/** The levers of the simulation, unsigned: they exist because this bank is not one. */
export function bankAdminRoutes(
  books: BankBooks,
  desk: BankDesk,
  faults: FaultPlan,
  clock: MovableClock,
): Route[] {
  return [
    {
      method: 'GET',
      path: /^\/__fake\/state$/,
      handle: () => json(200, stateOf(books, faults, clock)),
    },
    {
      method: 'POST',
      path: /^\/__fake\/faults$/,
      handle: ({ body }) => {
        const wanted = readFaults(body);
        if (!wanted) return problem(400, 'malformed_request', 'a fault, or an array of faults');
        faults.replace(wanted);
        return json(200, { faults: faults.current });
      },
    },
    {
      method: 'POST',
      path: /^\/__fake\/clock$/,
      handle: ({ body }) => {
        if (!clock.change(jsonObject(body) ?? {})) {
          return problem(400, 'malformed_request', 'now, offsetMs or advanceMs');
        }
        desk.rememberClock();
        desk.settleDue();
        return json(200, { now: new Date(clock.now()).toISOString(), offsetMs: clock.offsetMs });
      },
    },
    ...moneyLevers(books, desk),
  ];
}

function moneyLevers(books: BankBooks, desk: BankDesk): Route[] {
  return [
    {
      method: 'POST',
      path: /^\/__fake\/accounts$/,
      handle: ({ body }) => {
        const { bankAccount, balance, frozen } = jsonObject(body) ?? {};
        if (typeof bankAccount !== 'string') {
          return problem(400, 'malformed_request', 'bankAccount, balance?, frozen?');
        }
        const change = {
          ...(Number.isSafeInteger(balance) ? { balance: balance as number } : {}),
          ...(typeof frozen === 'boolean' ? { frozen } : {}),
        };
        return json(200, { bankAccount, ...desk.setAccount(bankAccount, change) });
      },
    },
    {
      method: 'POST',
      path: /^\/__fake\/transfers$/,
      handle: ({ body }) => {
        const { reference, amount } = jsonObject(body) ?? {};
        if (typeof reference !== 'string' || !isAmount(amount)) {
          return problem(400, 'malformed_request', 'reference, amount');
        }
        desk.receiveTransfer(reference, amount);
        return json(200, { settlementBalance: books.settlementBalance });
      },
    },
  ];
}

function readFaults(body: string): BankFault[] | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const list: unknown[] = Array.isArray(value) ? value : [value];
    const patterns = list.map((fault) => new RegExp((fault as BankFault).only ?? ''));
    return patterns.length === list.length ? (list as BankFault[]) : undefined;
  } catch {
    return undefined;
  }
}

function stateOf(books: BankBooks, faults: FaultPlan, clock: MovableClock): unknown {
  const instructions = [...books.instructions.values()];
  const count = (status: string): number =>
    instructions.filter((instruction) => instruction.status === status).length;
  return {
    now: new Date(clock.now()).toISOString(),
    faults: faults.current,
    settlementBalance: books.settlementBalance,
    agreements: books.agreements.size,
    instructions: {
      succeeded: count('succeeded'),
      failed: count('failed'),
      processing: count('processing'),
    },
    accounts: [...books.accounts].map(([bankAccount, account]) => ({ bankAccount, ...account })),
    recent: instructions.slice(-50),
  };
}
