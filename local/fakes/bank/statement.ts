import type { StatementLine } from './records.js';

const HEADER = 'date,reference,direction,amount,balance';

/**
 * The settlement account's statement of one campus day as CSV (RFC 4180, CRLF, one header line).
 * `reference` is the campus' instruction number, `direction` is seen from the settlement account,
 * `amount` and `balance` (after the line) are integer fen.
 */
export function statementCsv(lines: readonly StatementLine[], date: string): string {
  const rows = lines
    .filter((line) => line.date === date)
    .map((line) =>
      [line.date, quote(line.reference), line.direction, line.amount, line.balance].join(','),
    );
  return [HEADER, ...rows, ''].join('\r\n');
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
