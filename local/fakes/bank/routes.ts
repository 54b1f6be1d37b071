import type { Clock } from '../clock.js';
import { json } from '../serve.js';
import type { Call, Reply, Route } from '../serve.js';
import type { BankBooks } from './books.js';
import type { BankDesk, Refused } from './desk.js';
import { readFields } from './reading.js';
import type { Agreement, Instruction } from './records.js';
import { statementCsv } from './statement.js';

/** A route learns from the faults how long its instruction shall stay in processing. */
export type BankRoute = Omit<Route, 'handle'> & {
  handle: (call: Call, processingMs: number | null) => Reply;
};

export function bankRoutes(books: BankBooks, desk: BankDesk, now: Clock): BankRoute[] {
  return [
    ...agreementRoutes(books, desk),
    ...instructionRoutes(books, desk),
    {
      method: 'GET',
      path: /^\/v1\/statements\/(?<date>\d{4}-\d{2}-\d{2})$/,
      handle: ({ params }) => statement(books, params['date'] ?? '', now()),
    },
  ];
}

function agreementRoutes(books: BankBooks, desk: BankDesk): BankRoute[] {
  return [
    {
      method: 'POST',
      path: /^\/v1\/agreements$/,
      handle: ({ body }) => {
        const names = ['agreementNumber', 'holderName', 'bankAccount'] as const;
        const fields = readFields(body, names, { amount: false });
        if (typeof fields === 'string') return malformed(fields);
        const { agreementNumber, holderName, bankAccount } = fields;
        return agreementReply(desk.sign({ agreementNumber, holderName, bankAccount }), 201);
      },
    },
    {
      method: 'GET',
      path: /^\/v1\/agreements\/(?<number>[^/]+)$/,
      handle: ({ params }) => {
        const found = books.agreements.get(params['number'] ?? '');
        return found
          ? agreementReply(found, 200)
          : problem(404, 'agreement_unknown', 'no such agreement was signed');
      },
    },
    {
      method: 'DELETE',
      path: /^\/v1\/agreements\/(?<number>[^/]+)$/,
      handle: ({ params }) => agreementReply(desk.revoke(params['number'] ?? ''), 200),
    },
  ];
}

function instructionRoutes(books: BankBooks, desk: BankDesk): BankRoute[] {
  return [
    {
      method: 'POST',
      path: /^\/v1\/debits$/,
      handle: ({ body }, processingMs) => {
        const names = ['instructionNumber', 'agreementNumber', 'purpose'] as const;
        const fields = readFields(body, names, { amount: true, currency: true });
        if (typeof fields === 'string') return malformed(fields);
        const { instructionNumber, agreementNumber: counterparty, amount, purpose } = fields;
        const wanted = { instructionNumber, kind: 'debit', counterparty, amount, purpose } as const;
        return instructionReply(desk.take(wanted, processingMs));
      },
    },
    {
      method: 'POST',
      path: /^\/v1\/payouts$/,
      handle: ({ body }, processingMs) => {
        const names = ['instructionNumber', 'payeeAccount', 'purpose'] as const;
        const fields = readFields(body, names, { amount: true, currency: true });
        if (typeof fields === 'string') return malformed(fields);
        const { instructionNumber, payeeAccount: counterparty, amount, purpose } = fields;
        const wanted = {
          instructionNumber,
          kind: 'payout',
          counterparty,
          amount,
          purpose,
        } as const;
        return instructionReply(desk.take(wanted, processingMs));
      },
    },
    {
      method: 'GET',
      path: /^\/v1\/instructions\/(?<number>[^/]+)$/,
      handle: ({ params }) => {
        const found = books.instructions.get(params['number'] ?? '');
        return found
          ? instructionReply(found)
          : problem(404, 'instruction_unknown', 'the bank never accepted this instruction');
      },
    },
  ];
}

export function problem(status: number, code: string, message: string): Reply {
  return json(status, { code, message });
}

function malformed(message: string): Reply {
  return problem(400, 'malformed_request', message);
}

function statement(books: BankBooks, date: string, now: number): Reply {
  const day = Date.parse(`${date}T00:00:00+08:00`);
  if (Number.isNaN(day)) return malformed('the date is not a calendar day');
  if (day > now) return problem(404, 'statement_unknown', 'this day has not begun');
  return {
    status: 200,
    body: statementCsv(books.statement, date),
    headers: { 'content-type': 'text/csv; charset=utf-8; header=present' },
  };
}

function agreementReply(agreement: Agreement | Refused, status: number): Reply {
  if ('refused' in agreement) return refusedReply(agreement);
  const { agreementNumber, holderName, bankAccount, signedAt, revokedAt } = agreement;
  return json(status, {
    agreementNumber,
    status: revokedAt === null ? 'active' : 'revoked',
    holderName,
    bankAccount: `****${bankAccount.slice(-4)}`,
    signedAt,
    revokedAt,
  });
}

function instructionReply(instruction: Instruction | Refused): Reply {
  if ('refused' in instruction) return refusedReply(instruction);
  const { instructionNumber, kind, status, reason, bankReference } = instruction;
  const { amount, acceptedAt, bookedAt } = instruction;
  return json(200, {
    instructionNumber,
    kind,
    status,
    reason,
    bankReference,
    amount,
    currency: 'CNY',
    acceptedAt,
    bookedAt,
  });
}

function refusedReply({ refused }: Refused): Reply {
  return problem(refused.status, refused.code, refused.message);
}
