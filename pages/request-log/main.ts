import { readCalls, Unreadable } from './read-calls.js';
import { fill, h, part } from '../shared/element.js';
import { showCalls } from './show-calls.js';

const everyMillis = 3_000;

/** The link of the office carries the token behind the hash, which browsers never send. */
const tokenInLink = (): string => decodeURIComponent(location.hash.slice(1));

function askForToken(why: string): void {
  const input = h('input', {
    placeholder: '登记码或记录链接的口令 Enrolment code or token of the link',
    'aria-label': '登记码 Enrolment code',
    autocomplete: 'off',
    autofocus: true,
  });
  const form = h(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault();
        location.hash = encodeURIComponent(input.value.trim());
      },
    },
    input,
    h('button', {}, '查看 Show'),
  );
  fill(part('head'), h('h1', {}, '终端请求记录 Request log of a terminal'));
  fill(part('content'), why !== '' && h('p', { class: 'bad' }, why), form);
}

let shownFor = '';

async function show(): Promise<void> {
  const token = tokenInLink();
  if (token === '') return askForToken('');
  try {
    const log = await readCalls(token);
    shownFor = token;
    showCalls(log);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    if (error.isFinal || shownFor !== token) askForToken(error.message);
  }
}

addEventListener('hashchange', () => void show());
setInterval(() => {
  if (!document.hidden && shownFor === tokenInLink() && shownFor !== '') void show();
}, everyMillis);
void show();
