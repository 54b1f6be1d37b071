import { CsvError, parse } from 'csv-parse/sync';
import { Refusal } from '../../platform/errors/problem.js';
import { metersProblems } from '../meters.errors.js';

/** A large campus sends several files. */
export const linesMax = 2_000;

const header = ['meter_number', 'reading', 'taken_at'];
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;

type Line = { readonly device: bigint; readonly value: bigint; readonly takenAt: Date };

function refuse(detail: string): never {
  throw new Refusal(metersProblems, 'readings_not_readable', { detail: detail.slice(0, 300) });
}

/**
 * Reads `meter_number,reading,taken_at`: whole watt-hours or liters, and an instant with its zone.
 * @throws {Refusal} readings_not_readable, naming the first wrong line: nothing of such a file is taken
 */
export function readReadings(csv: string): readonly Line[] {
  let records: string[][];
  try {
    records = parse(csv, { bom: true, skipEmptyLines: true, trim: true, to: linesMax + 2 });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return refuse(`The CSV is broken: ${error.message}`);
  }
  const [first, ...lines] = records;
  if (first?.join() !== header.join()) refuse(`The first line must be ${header.join()}.`);
  if (lines.length === 0 || lines.length > linesMax)
    refuse(`There must be 1 to ${linesMax} lines after the first.`);
  return lines.map(([device = '', value = '', takenAt = ''], index) => {
    const wrong = (what: string): never => refuse(`Line ${index + 2}: ${what}`);
    if (!/^[1-9]\d{0,9}$/.test(device)) wrong('meter_number is a number of at most ten digits.');
    if (!/^\d{1,11}$/.test(value)) wrong('reading is a whole number of at most eleven digits.');
    if (!instant.test(takenAt) || Number.isNaN(Date.parse(takenAt)))
      wrong('taken_at is an instant with its zone, such as 2026-11-22T12:00:00+08:00.');
    return { device: BigInt(device), value: BigInt(value), takenAt: new Date(takenAt) };
  });
}
