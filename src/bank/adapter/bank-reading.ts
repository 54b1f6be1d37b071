/** A JSON object, or undefined: whatever else a bank may send is not an answer. */
export function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export function readInstant(value: unknown): Date | undefined {
  const instant = typeof value === 'string' ? new Date(value) : undefined;
  return instant === undefined || Number.isNaN(instant.getTime()) ? undefined : instant;
}

/** The bank's own code of a refusal, fit to be stored: short and without surprises. */
export function readCode(text: string): string {
  const code = readObject(text)?.['code'];
  return typeof code === 'string' && /^[a-z0-9_]{1,40}$/.test(code) ? code : 'refused';
}
