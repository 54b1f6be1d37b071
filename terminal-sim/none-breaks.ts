import type { Check } from './judge.js';

const shown = 3;

/** Holds where nothing breaks it; else it names the first few that do. */
export function noneBreaks(
  name: string,
  breaking: readonly { readonly orderNumber: string }[],
): Check {
  const numbers = breaking.slice(0, shown).map(({ orderNumber }) => orderNumber);
  const more = breaking.length > shown ? ', ...' : '';
  const holds = breaking.length === 0;
  return { name, holds, detail: holds ? '' : `${breaking.length}: ${numbers.join(', ')}${more}` };
}
