import { fill, h, starts } from '../shared/element.js';
import { language, say, type LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import { formatTime } from '../shared/times.js';
import { NoAnswer, TerminalProblem } from '@campus-paycode/terminal-client/pure';
import { numberPad } from './number-pad.js';
import { openSheet } from './sheet.js';
import { compareShift, type ShiftRow, type Tallies, type Tally } from './shift-words.js';
import { play } from './sounds.js';

const TEXTS = {
  title: { zh: '班次', en: 'Shift' },
  who: { zh: '收银员编号（可不填）', en: 'Number of the cashier (may be left out)' },
  open: { zh: '开班', en: 'Open the shift' },
  close: { zh: '交班', en: 'Close the shift' },
  since: { zh: '本班开始', en: 'Since' },
  cashier: { zh: '收银员', en: 'Cashier' },
  waiting: {
    zh: '还有没发出去的记录，联网发完后才能交班',
    en: 'Something still waits to be sent. Close the shift when it is out.',
  },
  running: { zh: '这一笔收完后才能交班', en: 'Close the shift when the sale has ended.' },
  unheard: {
    zh: '没有收到回答，请检查网络后再试',
    en: 'No answer. Check the network and try again.',
  },
  sending: { zh: '正在对账…', en: 'Comparing…' },
  agrees: { zh: '账对上了', en: 'Till and service agree' },
  differs: { zh: '账对不上', en: 'Till and service differ' },
  agreesLine: { zh: '本班已交，可以开下一班', en: 'The shift is closed. The next one may begin.' },
  differsLine: {
    zh: '班次已交，请把本页拿给办公室看，不要自己补收或退款',
    en: 'The shift is closed. Show this to the office; charge or return nothing yourself.',
  },
  till: { zh: '本机', en: 'This till' },
  service: { zh: '系统', en: 'Service' },
} as const satisfies Record<string, LocalText>;

export type ShiftNow = {
  /** Null before the first shift of this till. */
  readonly openedAt: string | null;
  /** Null while nobody opened it: it began when the one before ended. */
  readonly cashier: string | null;
  readonly isOpen: boolean;
  readonly totals: Tallies;
  readonly isBusy: boolean;
  readonly queued: number;
};

export type ShiftEnd = {
  readonly agrees: boolean;
  readonly till: Tallies;
  readonly service: Tallies;
};

export type ShiftDeeds = {
  readonly now: () => ShiftNow;
  readonly open: (cashier: string | undefined) => Promise<unknown>;
  readonly close: () => Promise<ShiftEnd>;
};

/** Who sells, what came in so far, and the end: what the till counted against what the service did. */
export function openShiftSheet(deeds: ShiftDeeds, changed: () => void): void {
  const body = h('div', { class: 'shift' });
  const show = (): void => {
    const now = deeds.now();
    const act = now.isOpen ? closing(deeds, body, changed) : opening(deeds, show);
    fill(body, summary(now), act);
  };
  show();
  openSheet({ name: 'shift-sheet', title: say(TEXTS.title) }, body);
}

function summary({ openedAt, cashier, totals }: ShiftNow): HTMLElement {
  const rows = compareShift(totals, totals);
  return h(
    'div',
    { class: 'summary' },
    openedAt !== null && h('p', {}, `${say(TEXTS.since)} ${formatTime(openedAt)}`),
    cashier !== null && cashier !== '' && h('p', {}, `${say(TEXTS.cashier)} ${cashier}`),
    h(
      'dl',
      {},
      ...rows.flatMap(({ label, till, name }) => [
        h('dt', {}, say(label)),
        h('dd', { 'data-total': name }, tallyText(till)),
      ]),
    ),
  );
}

function opening(deeds: ShiftDeeds, opened: () => void): HTMLElement {
  const who = h('input', {
    name: 'cashier',
    autofocus: true,
    inputmode: 'none',
    autocomplete: 'off',
    maxlength: '8',
    pattern: '[0-9]*',
  });
  const button = h('button', { class: 'main', type: 'submit', id: 'open-shift' }, say(TEXTS.open));
  const trouble = h('p', { class: 'trouble', role: 'alert' });
  const submit = starts(
    async () => {
      button.disabled = true;
      fill(trouble);
      const number = who.value.trim();
      await deeds.open(number === '' ? undefined : number);
      opened();
    },
    (error) => {
      button.disabled = false;
      fill(trouble, wordsOf(error));
    },
  );
  return h(
    'form',
    { onsubmit: submit },
    h('label', {}, say(TEXTS.who), who),
    numberPad([who]),
    trouble,
    button,
  );
}

function closing(deeds: ShiftDeeds, body: HTMLElement, changed: () => void): HTMLElement {
  const { isBusy, queued } = deeds.now();
  const why = isBusy ? TEXTS.running : queued > 0 ? TEXTS.waiting : null;
  const note = h('p', { class: 'trouble', role: 'alert' }, why === null ? '' : say(why));
  const button = h(
    'button',
    { class: 'main', type: 'button', id: 'close-shift', disabled: why !== null },
    say(TEXTS.close),
  );
  const run = starts(
    async () => {
      button.disabled = true;
      fill(note, say(TEXTS.sending));
      const end = await deeds.close();
      play(end.agrees ? 'approved' : 'declined');
      fill(body, ...endOf(end));
      // The sales of a shift that has ended can no longer be voided here.
      changed();
    },
    (error) => {
      button.disabled = false;
      fill(note, wordsOf(error));
    },
  );
  button.addEventListener('click', run);
  return h('div', { class: 'closing' }, note, button);
}

function endOf({ agrees, till, service }: ShiftEnd): HTMLElement[] {
  const head = ['', TEXTS.till, TEXTS.service].map((text) =>
    h('th', { scope: 'col' }, text === '' ? '' : say(text as LocalText)),
  );
  return [
    h(
      'p',
      { class: `big ${agrees ? 'good' : 'bad'}`, id: 'shift-end' },
      say(agrees ? TEXTS.agrees : TEXTS.differs),
    ),
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, ...head)),
      h('tbody', {}, ...compareShift(till, service).flatMap(rowsOf)),
    ),
    h('p', {}, say(agrees ? TEXTS.agreesLine : TEXTS.differsLine)),
  ];
}

function rowsOf({ label, till, service, difference }: ShiftRow): HTMLElement[] {
  const row = h(
    'tr',
    {},
    h('th', { scope: 'row' }, say(label)),
    h('td', {}, tallyText(till)),
    h('td', {}, tallyText(service)),
  );
  if (difference === null) return [row];
  return [row, h('tr', { class: 'bad' }, h('td', { colspan: '3' }, say(difference)))];
}

function tallyText({ count, amount }: Tally): string {
  return `${count}${language() === 'zh' ? ' 笔' : ''} · ${formatYuan(amount)}`;
}

function wordsOf(error: unknown): string {
  if (error instanceof TerminalProblem) return say(error.problem.message);
  return error instanceof NoAnswer ? say(TEXTS.unheard) : say(TEXTS.waiting);
}
