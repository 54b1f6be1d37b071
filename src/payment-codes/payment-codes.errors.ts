import type { Problems } from '../platform/errors/problem.js';

export const paymentCodesProblems = {
  index_loading: {
    kind: 'unavailable',
    title: 'The codes are being read in',
    detail: 'Send the same request again in a second; nothing was decided.',
    zh: '系统启动中，请稍后重试',
    en: 'The service is starting; please try again',
    retryable: true,
  },
  device_key_invalid: {
    kind: 'unprocessable',
    title: "The phone's key is not valid",
    detail: 'Make a new X25519 key pair and send its 32 raw bytes in base64url.',
    zh: '手机密钥无效，请重试',
    en: "The phone's key is invalid; please try again",
  },
  phone_not_enrolled: {
    kind: 'conflict',
    title: 'This sign-in belongs to no enrolled phone',
    detail: 'Enrol this phone with a one-time link first.',
    zh: '此设备未绑定，请先绑定手机',
    en: 'This device is not bound; please bind the phone first',
  },
  synchronisation_unproven: {
    kind: 'conflict',
    title: "The phone's key is not the one that the service knows",
    detail: 'The generation or its proof is wrong. Bind the phone again with a one-time link.',
    zh: '此手机的密钥已失效，请重新绑定手机',
    en: "This phone's key is no longer valid; please bind the phone again",
  },
  phone_cloned: {
    kind: 'conflict',
    title: 'Two devices use the key of this phone',
    detail:
      'The phone is closed and its card frozen. Bind the phone again, then unfreeze the card.',
    zh: '检测到此手机的密钥被复制，校园卡已冻结，请重新绑定手机后再解冻',
    en: "This phone's key was copied; the card is frozen. Bind the phone again, then unfreeze the card",
  },
  challenge_unknown: {
    kind: 'conflict',
    title: 'This challenge is not the one that the phone was given last',
    detail: 'Synchronize again, and prove new keys with the challenge of that answer.',
    zh: '请求已过期，请重试',
    en: 'This request is out of date; please try again',
  },
  device_key_unproven: {
    kind: 'unprocessable',
    title: "A device key is not proven to be this phone's own",
    detail:
      'Make a new Ed25519 key pair for each certificate, and sign the challenge and the public key with it.',
    zh: '手机密钥无效，请重试',
    en: "The phone's key is invalid; please try again",
  },
  offline_not_offered: {
    kind: 'not-found',
    title: 'Nothing is sold without a network here',
    detail: 'The campus issues no certificates. Send every sale to the service.',
    zh: '未开通无网收款',
    en: 'Sales without a network are not offered here',
  },
  offline_terms_wrong: {
    kind: 'unprocessable',
    title: 'These limits contradict each other',
    detail:
      'Let the least allowance be at most the most, and a sale at most what a card may spend.',
    zh: '限额互相矛盾：最低预留不能超过最高预留，单笔不能超过单卡限额',
    en: 'These limits contradict each other; please check them',
  },
  terminal_paused: {
    kind: 'limited',
    title: 'Too many wrong codes came from this terminal',
    detail:
      'Wait for the number of seconds in Retry-After, then send the request again. Fifteen wrong codes in a minute pause a terminal for 30 s.',
    zh: '无效付款码过多，请稍后再试',
    en: 'Too many wrong codes; please wait a moment',
    retryable: true,
  },
} satisfies Problems;
