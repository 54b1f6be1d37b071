import { reasonOf } from '../shared/call.js';
import { fill, h, starts } from '../shared/element.js';
import { say } from '../shared/language.js';
import { formatTime } from '../shared/times.js';
import { confirmed } from './confirm.js';
import { pinForm } from './pin-form.js';
import { passwordForm } from './sign-in-view.js';
import { t } from './texts.js';
import type { Card } from './contract.js';
import type { Credential } from './credential.js';
import type { StudentData } from './student-data.js';

type Settings = {
  readonly data: StudentData;
  readonly credential: Credential | null;
  readonly signOut: () => Promise<void>;
};

export function settingsView({ data, credential, signOut }: Settings): Node[] {
  const parts: Node[] = [];
  if (credential !== null) {
    parts.push(
      h(
        'section',
        { class: 'panel' },
        h('h2', {}, t('thisPhone')),
        h('p', {}, `${t('card')} ${credential.cardNumber}`),
        h('p', { class: 'hint' }, `${t('usableUntil')} ${formatTime(credential.usableUntil)}`),
      ),
    );
  }
  if (data.card?.status === 'active') {
    parts.push(h('section', { class: 'panel' }, freezeButton(true, data)));
  }
  if (data.card?.status === 'frozen') parts.push(frozenNotice('frozen', data));
  if (data.signedIn === 'yes') {
    const leave = { type: 'button', class: 'quiet', onclick: starts(signOut) };
    parts.push(
      pinForm(),
      passwordForm(),
      h('section', { class: 'panel' }, h('button', leave, t('signOut'))),
    );
  }
  return parts;
}

/** Stands where the code would be: why there is none, and the way back. */
export function frozenNotice(status: Card['status'], data: StudentData): HTMLElement {
  const titles = { frozen: 'frozenTitle', lost: 'lostTitle', closed: 'closedTitle' } as const;
  const title = status === 'active' ? 'frozenTitle' : titles[status];
  const frozen = status === 'frozen';
  return h(
    'section',
    { class: 'panel notice', id: 'blocked' },
    h('h2', {}, t(title)),
    h('p', {}, t(frozen ? 'frozenText' : 'officeText')),
    frozen && freezeButton(false, data),
  );
}

function freezeButton(frozen: boolean, data: StudentData): HTMLElement {
  const trouble = h('p', { class: 'trouble', role: 'alert' });
  const action = starts(
    async () => {
      const question = t(frozen ? 'freezeConfirm' : 'unfreezeConfirm');
      if (await confirmed(question, t('confirm'))) await data.setFrozen(frozen);
    },
    (error) => {
      fill(trouble, say(reasonOf(error)));
    },
  );
  const name = frozen ? 'freeze' : 'unfreeze';
  const style = frozen ? 'main danger' : 'main';
  return h(
    'div',
    {},
    h('button', { type: 'button', class: style, id: name, onclick: action }, t(name)),
    trouble,
  );
}
