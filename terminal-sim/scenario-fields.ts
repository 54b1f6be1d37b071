/** What a scenario says, field by field; whoever reads a wrong one hears where it is. */

export type LocalText = { readonly zh: string; readonly en: string };

export class ScenarioError extends Error {}

export type Fields = Record<string, unknown>;

export function textOf(where: string, value: unknown): LocalText {
  const { zh, en } = objectOf(where, value);
  if (typeof zh === 'string' && typeof en === 'string') return { zh, en };
  throw new ScenarioError(`${where} needs zh and en.`);
}

export function readJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ScenarioError(`${name} is not JSON: ${(error as Error).message}`);
  }
}

export function objectOf(where: string, value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new ScenarioError(`${where} must be an object.`);
}

export function whole(where: string, value: unknown, least: number, most: number): number {
  const found = number(where, value, least, most);
  if (!Number.isInteger(found)) throw new ScenarioError(`${where} must be a whole number.`);
  return found;
}

export function number(where: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw new ScenarioError(`${where} must be a number from ${least} to ${most}.`);
}
