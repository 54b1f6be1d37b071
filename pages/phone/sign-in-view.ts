import { call, reasonOf } from '../shared/call.js';
import { fill, h, starts } from '../shared/element.js';
import { say } from '../shared/language.js';
import { t } from './texts.js';

/** Student number and password, for a browser that shows no code. */
export function signInForm(signedIn: () => void): HTMLElement {
  const number = field('number', 'text', 'username');
  const password = field('password', 'password', 'current-password');
  const trouble = h('p', { class: 'trouble', role: 'alert' });
  const submit = starts(
    async () => {
      const body = { number: number.input.value.trim(), password: password.input.value };
      await call('POST', '/v1/cardholder-sign-ins', body);
      signedIn();
    },
    (error) => {
      fill(trouble, say(reasonOf(error)));
    },
  );
  return h(
    'form',
    { class: 'panel', onsubmit: submit },
    h('h2', {}, t('signInTitle')),
    h('p', { class: 'hint' }, t('signInToSee')),
    number.label,
    password.label,
    trouble,
    h('button', { class: 'main', type: 'submit' }, t('signIn')),
  );
}

export function passwordForm(): HTMLElement {
  const current = field('currentPassword', 'password', 'current-password', false);
  const next = field('newPassword', 'password', 'new-password');
  next.input.minLength = 8;
  const told = h('p', { class: 'trouble', role: 'alert' });
  const submit = starts(
    async () => {
      const password = next.input.value;
      const known = current.input.value;
      await call(
        'POST',
        '/v1/me/password',
        known === '' ? { password } : { current: known, password },
      );
      current.input.value = '';
      next.input.value = '';
      fill(told, t('saved'));
    },
    (error) => {
      fill(told, say(reasonOf(error)));
    },
  );
  return h(
    'form',
    { class: 'panel', onsubmit: submit },
    h('h2', {}, t('changePassword')),
    current.label,
    next.label,
    told,
    h('button', { class: 'main', type: 'submit' }, t('save')),
  );
}

function field(
  name: 'number' | 'password' | 'currentPassword' | 'newPassword',
  type: 'text' | 'password',
  autocomplete: string,
  required = true,
): { label: HTMLElement; input: HTMLInputElement } {
  const input = h('input', { type, name, autocomplete, required, maxlength: '128' });
  return { label: h('label', {}, t(name), input), input };
}
