/** Headers as Node gives them: lower-case names; a list when a header came more than once. */
export type RawHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

const VISIBLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/**
 * The one value of a header, or null when it is absent, came twice, or holds anything but
 * printable ASCII. The signature covers the trimmed value (RFC 9421, 2.1).
 */
export function singleHeader(headers: RawHeaders, name: string): string | null {
  const value = headers[name];
  const only = typeof value === 'string' ? value : value?.length === 1 ? value[0] : undefined;
  if (only === undefined) return null;
  const trimmed = only.trim();
  return VISIBLE.test(trimmed) ? trimmed : null;
}

export function hasHeader(headers: RawHeaders, name: string): boolean {
  const value = headers[name];
  return value !== undefined && value.length > 0;
}
