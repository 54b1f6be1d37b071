import { describe, expect, it } from '@jest/globals';
import { readStatement } from './bank-statement.js';

const day = '2026-11-22';
const header = 'date,reference,direction,amount,balance';
const file = (...lines: string[]): string => [header, ...lines, ''].join('\r\n');
const line = (rest: string): string => `${day},${rest}`;

describe('a bank statement', () => {
  it('is read line by line, with the line numbers of an editor', () => {
    const csv = file(line('aa-1,in,1250,101250'), line('bb-2,out,250,101000'));
    expect(readStatement(csv, day)).toEqual({
      outcome: 'read',
      lines: [
        { line: 2, reference: 'aa-1', direction: 'in', amount: 1250n, balance: 101250n },
        { line: 3, reference: 'bb-2', direction: 'out', amount: 250n, balance: 101000n },
      ],
    });
  });

  it('may be empty, quoted, without a last line break, and begin with a byte order mark', () => {
    expect(readStatement(file(), day)).toEqual({ outcome: 'read', lines: [] });
    const csv = `\uFEFF${header}\n${day},"a",in,1,-5`;
    expect(readStatement(csv, day)).toMatchObject({
      outcome: 'read',
      lines: [{ line: 2, reference: 'a', balance: -5n }],
    });
  });

  it.each([
    ['a field too few', line('a,in,1'), 'has 4 fields'],
    ['a field too many', line('a,in,1,1,1'), 'has 6 fields'],
    ['another day', '2026-11-21,a,in,1,1', 'is of 2026-11-21'],
    ['no reference', line(',in,1,1'), 'reference'],
    ['a reference with a space', line('a b,in,1,1'), 'reference'],
    ['another direction', line('a,IN,1,1'), 'direction'],
    ['no amount', line('a,in,,1'), 'amount'],
    ['an amount of zero', line('a,in,0,1'), 'amount'],
    ['a negative amount', line('a,in,-1,1'), 'amount'],
    ['an amount in yuan', line('a,in,12.50,1'), 'amount'],
    ['an amount beyond all bounds', line('a,in,1000000000001,1'), 'amount'],
    ['an amount with a zero in front', line('a,in,01,1'), 'amount'],
    ['an amount in full-width digits', line('a,in,１,1'), 'amount'],
    ['a balance that is no number', line('a,in,1,1e3'), 'balance'],
    ['an empty line in the middle', `\r\n${line('a,in,1,1')}`, 'has 1 fields'],
  ])('with %s is refused whole, naming the line', (_, wrong, message) => {
    const read = readStatement(file(line('x,in,1,1'), wrong), day);
    expect(read.outcome).toBe('malformed');
    expect(read).toMatchObject({ errors: [{ pointer: '/csv' }] });
    expect(JSON.stringify(read)).toMatch(new RegExp(`"Line 3: [^"]*${message}`));
  });

  it.each([
    ['without its header', line('a,in,1,1')],
    ['with its columns in another order', 'date,direction,reference,amount,balance'],
    ['that is empty', ''],
    ['with a broken quote', `${header}\n${day},"a,in,1,1`],
  ])('%s is refused', (_, csv) => {
    expect(readStatement(csv, day)).toMatchObject({ outcome: 'malformed' });
  });

  it.each([
    ['a line is lost', [line('a,in,100,1100'), line('c,in,50,1300')], 3, '1150'],
    ['a line is doubled', [line('a,in,100,1100'), line('a,in,100,1100')], 3, '1200'],
    ['an amount is changed', [line('a,in,1,10'), line('b,out,5,4'), line('c,in,1,5')], 3, '5'],
    ['a direction is changed', [line('a,in,1,10'), line('b,in,5,5')], 3, '15'],
  ])('does not add up when %s, and the first such line is named', (_, lines, at, expected) => {
    const read = readStatement(file(...lines), day);
    expect(read.outcome).toBe('does_not_add_up');
    expect(JSON.stringify(read)).toContain(`"Line ${at}: `);
    expect(JSON.stringify(read)).toContain(`but ${expected} follows`);
  });

  it('names at most twenty lines of a file that is wrong throughout', () => {
    const read = readStatement(file(...Array.from({ length: 50 }, () => 'x')), day);
    expect(read).toMatchObject({ outcome: 'malformed' });
    expect('errors' in read ? read.errors.length : 0).toBe(20);
  });
});
