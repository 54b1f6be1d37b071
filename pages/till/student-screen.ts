import { fill, h, part } from '../shared/element.js';
import { countdown } from './countdown.js';
import { hearTill, type StudentView } from './student-feed.js';
import { symbol } from './symbols.js';

/** The address of the till with this behind it is the screen that faces the student. */
export const STUDENT_SCREEN = '#student';

const CLOSED = { zh: '收银台未打开', en: 'The till is not open' };

/** Shows what the till says, in both languages at once, for it does not know who stands there. */
export function openStudentScreen(): void {
  document.title = '学生屏';
  part('head').hidden = true;
  show({ tone: 'idle', place: { zh: '', en: '' }, text: CLOSED });
  hearTill(show);
}

function show({ tone, place, text, symbol: name, amount, until }: StudentView): void {
  fill(
    part('content'),
    h(
      'section',
      { class: `student ${tone}`, role: 'status' },
      h('p', {}, [place.zh, place.en].filter((line) => line !== '').join(' · ')),
      name !== undefined && (symbol(name) as HTMLElement),
      amount !== undefined && h('p', { class: 'amount' }, amount),
      h('h1', {}, text.zh),
      h('p', { class: 'en', lang: 'en' }, text.en),
      until !== undefined && countdown(until, () => Date.now()),
    ),
  );
}
