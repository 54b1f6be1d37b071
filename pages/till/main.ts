import { fill, h, part } from '../shared/element.js';
import { chooseLanguage, language } from '../shared/language.js';
import { enrolmentIn, enrolView } from './enrol-view.js';
import { STUDENT_SCREEN, openStudentScreen } from './student-screen.js';
import { TillPage } from './till-page.js';
import { SaleLines, TillStore } from './till-store.js';
import { Till } from './till.js';
import type { TerminalEvent } from '@campus-paycode/terminal-client/pure';

chooseLanguage(language());
if (location.hash === STUDENT_SCREEN) openStudentScreen();
else void onlyOne(begin);

/** Two windows would count the same sequence twice: the second one waits for the first to close. */
async function onlyOne(start: () => Promise<void>): Promise<void> {
  const zh = language() === 'zh';
  const text = zh ? '收银台已在另一个窗口打开' : 'The till is open in another window';
  fill(part('content'), h('p', { class: 'panel' }, text));
  await navigator.locks.request('campus-paycode.till', async () => {
    await start();
    // The lock is held for as long as the window is open.
    await new Promise(() => undefined);
  });
}

async function begin(): Promise<void> {
  const store = await TillStore.open();
  const early: TerminalEvent[] = [];
  let page: TillPage | null = null;
  const till = await Till.open(store, (event) => {
    if (page === null) early.push(event);
    else page.hear(event);
  });
  const enrolment = enrolmentIn(location.hash);
  if (till === null) {
    const enrolled = (): void => {
      history.replaceState(null, '', location.pathname);
      void begin();
    };
    fill(part('content'), enrolView(store, enrolment, enrolled));
    return;
  }
  history.replaceState(null, '', location.pathname);
  page = new TillPage(till, await SaleLines.open(store));
  for (const event of early) page.hear(event);
  await till.greet().catch(() => undefined);
  page.refresh();
}
