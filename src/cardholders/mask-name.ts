const starsMax = 2;

/** A name for screens that others see: `张小明` → `张**`, at most two stars; the rest of the name cannot be told. */
export function maskName(name: string): string {
  const [first = '', ...rest] = Array.from(name.trim());
  return first + '*'.repeat(Math.min(rest.length, starsMax));
}
