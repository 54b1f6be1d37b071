import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { platformProblems } from '../errors/platform.errors.js';
import { Refusal } from '../errors/problem.js';

/** Deeper than any request; validation walks the value by recursion and must not run out of stack. */
const depthMax = 32;

/** Names that programs in JavaScript mistake for the object's own machinery. */
const machinery = new Set(['__proto__', 'constructor', 'prototype']);

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const malformed = (detail: string, errors?: readonly { pointer: string; message: string }[]) =>
  new Refusal(platformProblems, 'malformed_request', {
    detail,
    ...(errors === undefined ? {} : { errors }),
  });

/** Where the string that begins at `start` ends: the place of its closing quote, or the end of the text. */
function closingQuote(text: string, start: number): number {
  for (let at = start + 1; ; at += 1) {
    at = text.indexOf('"', at);
    if (at < 0) return text.length;
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
}

/** Whether the string that ends at `end` names a field: a colon follows it. */
function isName(text: string, end: number): boolean {
  let at = end + 1;
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1;
  return text[at] === ':';
}

/** Two readers of a body with a name twice may see two different sales, so nobody reads it. */
function judgeName(name: string, names: Set<string>): void {
  const pointer = `/${name}`;
  if (names.has(name))
    throw malformed('Send each field once.', [{ pointer, message: 'sent twice' }]);
  if (machinery.has(name))
    throw new Refusal(platformProblems, 'unknown_field', {
      errors: [{ pointer, message: 'no field has this name' }],
    });
  names.add(name);
}

/** The name between two quotes; most are written as they are. */
function nameIn(text: string, at: number, end: number): string {
  const name = text.slice(at + 1, end);
  return name.includes('\\') ? (JSON.parse(text.slice(at, end + 1)) as string) : name;
}

/** Looks at what `JSON.parse` forgets or chokes on. @throws {SyntaxError} for a name that is no string. */
function judgeStructure(text: string): void {
  const open = [new Set<string>()];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{' || character === '[') {
      open.push(new Set());
      if (open.length > depthMax + 1) throw malformed(`Nest at most ${depthMax} levels.`);
    } else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = closingQuote(text, at);
      const names = open.at(-1);
      if (names !== undefined && isName(text, end)) judgeName(nameIn(text, at, end), names);
      at = end;
    }
  }
}

/**
 * Reads a body that has one meaning only: UTF-8 without a byte order mark, no name twice in an object (I-JSON, RFC 7493),
 * at most 32 levels.
 *
 * @throws {Refusal} malformed_request, unknown_field
 */
export function readStrictJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw malformed('Send the body in UTF-8.');
  }
  try {
    judgeStructure(text);
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw malformed('Send the body as JSON.');
  }
}

/** Every route reads its JSON so; the raw bytes stay beside it for signatures. */
export function useStrictJson(app: NestFastifyApplication, bodyLimit: number): void {
  app.useBodyParser('application/json', { bodyLimit }, (_request, body, done) => {
    try {
      done(null, readStrictJson(body));
    } catch (error) {
      done(error as Error);
    }
  });
}
