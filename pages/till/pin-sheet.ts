import { fill, h, starts } from '../shared/element.js';
import { language, say, type LocalText } from '../shared/language.js';
import { TerminalProblem } from '@campus-paycode/terminal-client/pure';
import { numberPad } from './number-pad.js';
import { openSheet } from './sheet.js';
import { play } from './sounds.js';

const UNHEARD: LocalText = {
  zh: '没有收到回答，请检查网络后再试',
  en: 'No answer. Check the network and try again.',
};

export type PinSheet = {
  readonly name: string;
  readonly title: LocalText;
  /** What it is for, such as the amount. */
  readonly about: string;
  readonly number: LocalText;
  readonly pin: LocalText;
  readonly submit: LocalText;
  /** What else to do when it is refused. */
  readonly instead?: LocalText;
};

/**
 * A number and its PIN, typed by whom they belong to. Neither is kept: `check` sends them at once,
 * and what it throws is shown. The sheet closes before `done` goes on with what the check gave.
 */
export function openPinSheet<Given>(
  texts: PinSheet,
  check: (number: string, pin: string) => Promise<Given>,
  done: (given: Given) => void,
): void {
  const field = (
    name: string,
    more: { readonly type: string; readonly maxlength: string; readonly autofocus?: true },
  ) => h('input', { name, inputmode: 'none', autocomplete: 'off', required: true, ...more });
  const number = field('number', { type: 'text', maxlength: '20', autofocus: true });
  const pin = field('pin', { type: 'password', maxlength: '6' });
  const button = h('button', { class: 'main', type: 'submit' }, say(texts.submit));
  const trouble = h('p', { class: 'trouble', role: 'alert' });
  const submit = starts(
    async () => {
      button.disabled = true;
      fill(trouble, language() === 'zh' ? '正在核对…' : 'Checking…');
      const secret = pin.value;
      pin.value = '';
      const given = await check(number.value.trim(), secret);
      sheet.close();
      done(given);
    },
    (error) => {
      button.disabled = false;
      play('declined');
      const isRefused = error instanceof TerminalProblem;
      const { instead } = texts;
      fill(
        trouble,
        say(isRefused ? error.problem.message : UNHEARD),
        isRefused && instead !== undefined && h('strong', { class: 'instead' }, say(instead)),
      );
      pin.focus();
    },
  );
  const sheet = openSheet(
    { name: texts.name, title: say(texts.title) },
    h(
      'form',
      { onsubmit: submit },
      h('p', { class: 'big' }, texts.about),
      h('label', {}, say(texts.number), number),
      h('label', {}, say(texts.pin), pin),
      numberPad([number, pin]),
      trouble,
      button,
    ),
  );
}
