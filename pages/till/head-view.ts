import { fill, h, part } from '../shared/element.js';
import { chooseLanguage, language, say, type LocalText } from '../shared/language.js';
import { drills, networkLine } from './network-view.js';
import { openShiftSheet } from './shift-view.js';
import { STUDENT_SCREEN } from './student-screen.js';
import type { Till } from './till.js';

const TEXTS = {
  queued: { zh: '待发送', en: 'Waiting to be sent' },
  shift: { zh: '班次', en: 'Shift' },
  students: { zh: '学生屏', en: "Student's screen" },
  other: { zh: 'English', en: '中文' },
} as const satisfies Record<string, LocalText>;

/** Which till this is, whether the network is there, and what is done apart from sales. */
export function drawHead(till: Till, changed: () => void): void {
  const { code, place, merchant } = till.settings();
  const queued = till.queued();
  const button = (id: string, label: LocalText, press: () => void): HTMLElement =>
    h('button', { type: 'button', class: 'plain', id, onclick: press }, say(label));
  fill(
    part('head'),
    h('strong', { class: 'terminal-code' }, code),
    h('span', { class: 'place' }, say(place.name)),
    h('span', { class: 'merchant' }, say(merchant.name)),
    queued > 0 && h('span', { class: 'queued' }, `${say(TEXTS.queued)} ${queued}`),
    button('shift', TEXTS.shift, () => {
      openShiftSheet(till.shift, changed);
    }),
    button('students', TEXTS.students, () => {
      open(STUDENT_SCREEN, 'campus-paycode-student', 'popup');
    }),
    drills(till, changed),
    button('language', TEXTS.other, () => {
      chooseLanguage(language() === 'zh' ? 'en' : 'zh');
      changed();
    }),
  );
  fill(part('network'), networkLine(till.offline()));
}
