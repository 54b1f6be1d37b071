import { call, reasonOf } from '../shared/call.js';
import { fill, h, starts } from '../shared/element.js';
import { say } from '../shared/language.js';
import { bindPhone } from './bind-phone.js';
import { keptCard, keptCredential } from './kept.js';
import { t } from './texts.js';

export type Link = { readonly purpose: 'enrolment' | 'sign-in'; readonly token: string };

/** What a one-time link brought behind its `#`, where no server and no log sees it. */
export function linkIn(hash: string): Link | null {
  const found = /^#(enrol|enrolment|sign-in)=([\w-]{20,128})$/.exec(hash);
  if (found === null) return null;
  return { purpose: found[1] === 'sign-in' ? 'sign-in' : 'enrolment', token: found[2] ?? '' };
}

/** One tap, because whoever previews a link in a chat must not use it up. */
export function bindView(token: string, bound: () => void): HTMLElement {
  return oneTap({
    title: t('bindTitle'),
    text: t('bindText'),
    button: t('bind'),
    action: async () => {
      keptCredential.write(await bindPhone(token));
      keptCard.forget();
      bound();
    },
  });
}

export function linkView(token: string, signedIn: () => void): HTMLElement {
  return oneTap({
    title: t('signInTitle'),
    text: t('signInToSee'),
    button: t('signInByLink'),
    action: async () => {
      await call('POST', '/v1/cardholder-sign-ins/by-link', { token });
      signedIn();
    },
  });
}

function oneTap(about: {
  readonly title: string;
  readonly text: string;
  readonly button: string;
  readonly action: () => Promise<void>;
}): HTMLElement {
  const trouble = h('div', { class: 'trouble', role: 'alert' });
  const button = h('button', { class: 'main', type: 'button', id: 'bind' }, about.button);
  const run = starts(
    async () => {
      button.disabled = true;
      fill(button, t('binding'));
      fill(trouble);
      await about.action();
    },
    (error) => {
      button.disabled = false;
      fill(button, t('retry'));
      fill(trouble, h('p', {}, say(reasonOf(error))), h('p', {}, t('newLink')));
    },
  );
  button.addEventListener('click', run);
  return h(
    'section',
    { class: 'panel welcome' },
    h('h2', {}, about.title),
    h('p', {}, about.text),
    trouble,
    button,
  );
}
