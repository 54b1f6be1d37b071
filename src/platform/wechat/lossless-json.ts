/** Strings are skipped whole; what is left of sixteen digits or more does not fit a JavaScript number. */
const stringOrLargeInteger = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/**
 * Parses JSON and keeps integers of sixteen digits and more as text: the platform's message ids have 64 bits, and
 * `JSON.parse` rounds them in silence.
 * @throws SyntaxError when it is not JSON.
 */
export function parseLossless(text: string): unknown {
  return JSON.parse(
    text.replace(stringOrLargeInteger, (found) => (found.startsWith('"') ? found : `"${found}"`)),
  );
}

/** The text parsed as one JSON object, or undefined when it is anything else. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = parseLossless(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
