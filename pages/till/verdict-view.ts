import { fill, h, part } from '../shared/element.js';
import { language } from '../shared/language.js';
import { countdown } from './countdown.js';
import { closeSheets } from './sheet.js';
import { play, type Tone } from './sounds.js';
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
};

const SYMBOLS = {
  approved: 'tick',
  declined: 'cross',
  unknown: 'question',
  offline: 'tick',
} as const satisfies Record<Told['tone'], SymbolName>;

const APPROVED_MILLIS = 4_000;
let timer: ReturnType<typeof setTimeout> | undefined;
let heard: (told: Told | null) => void = () => undefined;

/** Somebody else shows what the verdict shows: the student's screen. */
export function followVerdicts(listener: (told: Told | null) => void): void {
  heard = listener;
}

/** The whole screen; a tap, Enter, Escape or the next scan closes it. */
export function showVerdict(told: Told): void {
  const closes = told.stays !== true;
  cover(told.tone, closes, ...drawingOf(told), closes && nextButton());
  play(told.tone);
  heard(told);
  if (told.tone === 'approved' || told.tone === 'offline')
    timer = setTimeout(hideVerdict, APPROVED_MILLIS);
}

/** What a verdict looks like, on whichever screen. */
export function drawingOf(told: Told): (Node | false)[] {
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

/** Fills the screen with something; `closes` says whether a tap anywhere ends it. */
export function cover(
  className: string,
  closes: boolean,
  ...children: readonly (Node | false)[]
): void {
  const screen = part('verdict');
  clearTimeout(timer);
  closeSheets();
  screen.className = className;
  fill(screen, ...children);
  screen.hidden = false;
  screen.onclick = closes ? hideVerdict : null;
  // Enter goes on, and a reader of screens reads on from here.
  screen.querySelector<HTMLElement>('button.next, button.preferred')?.focus();
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
