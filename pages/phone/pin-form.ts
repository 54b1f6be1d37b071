import { call, reasonOf } from '../shared/call.js';
import { fill, h, starts } from '../shared/element.js';
import { say, type LocalText } from '../shared/language.js';
import { formatTime } from '../shared/times.js';

const PATH = '/v1/me/card/payment-pin';

const TEXTS = {
  title: { zh: '支付密码', en: 'Payment PIN' },
  why: {
    zh: '大额付款时在手机上输入，共6位数字',
    en: 'Six digits that confirm a larger payment on this phone',
  },
  password: { zh: '登录密码', en: 'Your password' },
  pin: { zh: '新的支付密码', en: 'New payment PIN' },
  save: { zh: '保存', en: 'Save' },
  saved: { zh: '支付密码已设置', en: 'The payment PIN is set' },
  held: {
    zh: '支付密码已设置，{n} 起生效；急用请到卡务中心办理',
    en: 'The payment PIN is set and works from {n}; the card office can make it work now',
  },
} as const satisfies Record<string, LocalText>;

/** Sets the payment PIN, or sets it anew; the password shows that it is not a borrowed phone. */
export function pinForm(): HTMLElement {
  const secret = { type: 'password', required: true } as const;
  const password = h('input', {
    ...secret,
    name: 'pinPassword',
    autocomplete: 'current-password',
    maxlength: '128',
  });
  const pin = h('input', {
    ...secret,
    name: 'paymentPin',
    inputmode: 'numeric',
    pattern: '[0-9]{6}',
    maxlength: '6',
    autocomplete: 'off',
  });
  const told = h('p', { class: 'trouble', role: 'alert' });
  const submit = starts(
    async () => {
      const body = { pin: pin.value, password: password.value };
      await call('PUT', PATH, body);
      pin.value = '';
      password.value = '';
      const { usableFrom } = await call<{ usableFrom: string | null }>('GET', PATH);
      const from = usableFrom === null ? '' : formatTime(usableFrom);
      fill(told, say(usableFrom === null ? TEXTS.saved : TEXTS.held).replace('{n}', from));
    },
    (error) => {
      fill(told, say(reasonOf(error)));
    },
  );
  return h(
    'form',
    { class: 'panel', id: 'payment-pin', onsubmit: submit },
    h('h2', {}, say(TEXTS.title)),
    h('p', { class: 'hint' }, say(TEXTS.why)),
    h('label', {}, say(TEXTS.password), password),
    h('label', {}, say(TEXTS.pin), pin),
    told,
    h('button', { class: 'main', type: 'submit' }, say(TEXTS.save)),
  );
}
