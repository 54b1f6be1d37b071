/** Which attributes name a part of the page that is drawn anew. */
const NAMES = ['id', 'name', 'data-tool', 'data-field', 'data-void'] as const;

/** Draws anew, and leaves whoever works by keyboard where they were. */
export function keepingFocus(draw: () => void): void {
  const before = selectorOf(document.activeElement);
  draw();
  if (before === null || document.activeElement !== document.body) return;
  document.querySelector<HTMLElement>(before)?.focus();
}

function selectorOf(element: Element | null): string | null {
  for (const name of NAMES) {
    const value = element?.getAttribute(name) ?? null;
    if (value !== null) return `[${name}="${CSS.escape(value)}"]`;
  }
  return null;
}
