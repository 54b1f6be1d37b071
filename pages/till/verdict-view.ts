import { fill, h, part } from '../shared/element.js';
import { language, type LocalText } from '../shared/language.js';
import { countdown } from './countdown.js';
import { closeSheets } from './sheet.js';
import { play, type Tone } from './sounds.js';
import type { StudentView } from './student-feed.js';
import { symbol, type SymbolName } from './symbols.js';

/** What fills the screen: color, drawing and sound say it before anybody has read a word. */
export type Told = {
  readonly tone: Exclude<Tone, 'asks'>;
  readonly symbol?: SymbolName;
  readonly title: string;
  readonly amount?: string;
  /** What to do now, in the largest type. */
  readonly todo?: string;
  /** What to do one after the other. */
  readonly steps?: readonly string[];
  readonly lines: readonly string[];
  /** Until when something is being waited for, by the service's time. */
  readonly until?: { readonly at: number; readonly now: () => number };
  /** Nobody can wave it away: something else has to end it. */
  readonly stays?: boolean;
  /** What the student reads meanwhile. */
  readonly student: LocalText;
};

/** A screen full of something else than the desk. */
export type Cover = {
  readonly name: string;
  /** Whether a tap anywhere ends it. */
  readonly closes: boolean;
  readonly student: Omit<StudentView, 'place'>;
};

const SYMBOLS = {
  approved: 'tick',
  declined: 'cross',
  unknown: 'question',
  offline: 'tick',
  voided: 'back',
} as const satisfies Record<Told['tone'], SymbolName>;

const APPROVED_MILLIS = 4_000;
let timer: ReturnType<typeof setTimeout> | undefined;
let heard: (view: Omit<StudentView, 'place'> | null) => void = () => undefined;

/** Somebody else shows what the student may see of it. */
export function followCovers(listener: typeof heard): void {
  heard = listener;
}

/** The whole screen; a tap, Enter, Escape or the next scan closes it. */
export function showVerdict(told: Told): void {
  const closes = told.stays !== true;
  const { tone, student: text, amount, until } = told;
  const student = {
    tone,
    text,
    symbol: told.symbol ?? SYMBOLS[tone],
    ...(amount === undefined ? {} : { amount }),
    ...(until === undefined ? {} : { until: until.at - until.now() + Date.now() }),
  };
  cover({ name: tone, closes, student }, ...drawingOf(told), closes && nextButton());
  play(tone);
  if (tone === 'approved' || tone === 'offline' || tone === 'voided')
    timer = setTimeout(hideVerdict, APPROVED_MILLIS);
}

function drawingOf(told: Told): (Node | false)[] {
  return [
    symbol(told.symbol ?? SYMBOLS[told.tone]) as HTMLElement,
    h('h1', {}, told.title),
    told.todo !== undefined && h('p', { class: 'todo' }, told.todo),
    told.amount !== undefined && h('p', { class: 'amount' }, told.amount),
    told.steps !== undefined &&
      h('ol', { class: 'steps' }, ...told.steps.map((step) => h('li', {}, step))),
    told.until !== undefined && countdown(told.until.at, told.until.now),
    ...told.lines.filter((line) => line !== '').map((line) => h('p', {}, line)),
  ];
}

/** Fills the screen with something. */
export function cover(
  { name, closes, student }: Cover,
  ...children: readonly (Node | false)[]
): void {
  const screen = part('verdict');
  clearTimeout(timer);
  closeSheets();
  screen.className = name;
  fill(screen, ...children);
  screen.hidden = false;
  screen.onclick = closes ? hideVerdict : null;
  // A tap beside the buttons leaves the focus where Enter expects it.
  screen.onmousedown = (event) => {
    if (!(event.target instanceof HTMLButtonElement)) event.preventDefault();
  };
  // Enter goes on, and a reader of screens reads on from here.
  screen.querySelector<HTMLElement>('button.next, button.preferred')?.focus();
  heard(student);
}

/** What covers the screen may be waved away. */
export function canHide(): boolean {
  return part('verdict').onclick !== null;
}

export function hideVerdict(): void {
  const screen = part('verdict');
  clearTimeout(timer);
  if (screen.hidden) return;
  screen.hidden = true;
  screen.onclick = null;
  heard(null);
}

function nextButton(): HTMLElement {
  const label = language() === 'zh' ? '知道了' : 'OK';
  return h('button', { type: 'button', class: 'next' }, label);
}
