import type { Template } from './defaults.js';

const DAY = String.raw`\d{4}(?:年\d{1,2}月\d{1,2}日|[-/.]\d{1,2}[-/.]\d{1,2})`;
const HOUR = String.raw`(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?`;

/** The platform's rules for what a field of each kind may hold; lengths count code points. */
const grammar: Record<string, RegExp> = {
  thing: /^[^\p{Cc}]{1,20}$/u,
  number: /^(?=(?:\D*\d){1,32}\D*$)-?\d+(?:\.\d+)?$/,
  letter: /^[A-Za-z]{1,32}$/,
  symbol: /^[\p{P}\p{S}]{1,5}$/u,
  character_string: /^[\x20-\x7e]{1,32}$/,
  time: new RegExp(`^(?:${DAY} ?)?${HOUR}(?: ?~ ?(?:${DAY} ?)?${HOUR})?$`),
  date: new RegExp(`^${DAY}(?: ?${HOUR})?(?: ?~ ?(?:${DAY})?(?: ?${HOUR})?)?$`),
  amount: /^[¥￥$€£]?\d{1,10}(?:\.\d+)?元?$/,
  phone_number: /^[+\d\-() ]{1,17}$/,
  car_number: /^[\p{Script=Han}A-Za-z0-9·-]{1,8}$/u,
  name: /^(?:[\p{Script=Han}·]{1,10}|[A-Za-z .·'-]{1,20})$/u,
  phrase: /^\p{Script=Han}{1,5}$/u,
};

/** The field keys of a template in their order, such as `amount1`. */
export function fieldKeys(template: Template): string[] {
  return [...template.content.matchAll(/\{\{(\w+)\.DATA\}\}/g)].map((match) => match[1] ?? '');
}

/**
 * What the platform says about the first bad field (code 47003), or null when all are well.
 * The misspelling in "is emtpy" is the platform's own.
 */
export function fieldComplaint(template: Template, data: unknown): string | null {
  const keys = fieldKeys(template);
  const given = typeof data === 'object' && data !== null ? data : {};
  for (const key of keys) {
    const field: unknown = Reflect.get(given, key);
    const value: unknown =
      typeof field === 'object' && field !== null ? Reflect.get(field, 'value') : undefined;
    if (value === undefined || value === null || value === '') {
      return `argument invalid! data.${key}.value is emtpy`;
    }
    if (typeof value !== 'string' || !fits(template, key, value)) {
      return `argument invalid! data.${key}.value invalid`;
    }
  }
  const stranger = Object.keys(given).find((key) => !keys.includes(key));
  return stranger === undefined ? null : `argument invalid! data.${stranger} invalid`;
}

function fits(template: Template, key: string, value: string): boolean {
  const kind = key.replace(/\d+$/, '');
  if (kind === 'enum_string') {
    const list = template.keywordEnumValueList?.find((one) => one.keywordCode === key);
    return list?.enumValueList.includes(value) ?? false;
  }
  return grammar[kind]?.test(value) ?? false;
}
