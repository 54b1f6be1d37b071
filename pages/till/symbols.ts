import { s } from '../shared/element.js';

/** Drawings that say without words what has happened, or what to do. */
const PATHS = {
  tick: ['M20 54 L42 76 L82 28'],
  cross: ['M26 26 L74 74', 'M74 26 L26 74'],
  question: ['M34 36 a17 17 0 1 1 24 16 q-8 4 -8 14', 'M50 82 v2'],
  /** Money going back. */
  back: ['M40 24 L18 46 L40 68', 'M18 46 H66 a18 18 0 0 1 0 36 H50'],
  clock: ['M50 14 a36 36 0 1 1 -0.1 0', 'M50 30 V52 L64 62'],
  /** A finger on a phone. */
  tap: [
    'M28 10 h36 a6 6 0 0 1 6 6 v26',
    'M28 10 a6 6 0 0 0 -6 6 v64 a6 6 0 0 0 6 6 h12',
    'M54 92 l-10 -16 a5 5 0 0 1 8 -6 l4 5 V48 a5 5 0 0 1 10 0 v18 l14 4 a6 6 0 0 1 5 6 l-1 16',
    'M34 30 h20 v16 h-20 z',
  ],
  person: ['M50 14 a18 18 0 1 1 -0.1 0', 'M16 90 a34 34 0 0 1 68 0'],
  /** A phone that asks. */
  phone: [
    'M32 8 h36 a6 6 0 0 1 6 6 v72 a6 6 0 0 1 -6 6 h-36 a6 6 0 0 1 -6 -6 v-72 a6 6 0 0 1 6 -6 z',
    'M38 50 L47 59 L64 40',
    'M46 82 h8',
  ],
  /** One sale upon the other. */
  twice: ['M16 22 h46 v34 h-46 z', 'M38 62 v14 h46 v-34 h-16'],
  cable: [
    'M50 8 v20',
    'M34 28 h32 v14 a16 16 0 0 1 -32 0 z',
    'M50 58 v10',
    'M26 80 L74 94',
    'M74 80 L26 94',
  ],
} as const;

export type SymbolName = keyof typeof PATHS;

export function symbol(name: SymbolName): Element {
  const strokes = PATHS[name].map((d) => s('path', { d }));
  return s(
    'svg',
    { class: `symbol ${name}`, viewBox: '0 0 100 100', 'aria-hidden': 'true' },
    ...strokes,
  );
}
