import { describe, expect, it } from '@jest/globals';
import { encryptedPart, isUrlCheck, openPush, pushSignature } from './message-push.js';

/** The platform's own published vectors. */
const keys = { token: 'AAAAA', aesKey: 'A'.repeat(43), appid: 'wxba5fad812f8e6fb9' };
const encrypted =
  '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcv' +
  'ZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3F' +
  'n2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSe' +
  'OBrebufAlr7F9mFUPAJGj04=';
const query = {
  timestamp: '1714112445',
  nonce: '415670741',
  msg_signature: '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3',
};

describe('a check of the address', () => {
  it.each([
    ['1714036504', '1514711492', 'f464b24fc39322e44b38aa78f5edd27bd1441696'],
    ['1714037059', '486452656', '899cf89e464efb63f54ddac96b0a0a235f53aa78'],
  ])('at %s is recognized by its signature', (timestamp, nonce, signature) => {
    expect(isUrlCheck(keys, { timestamp, nonce, signature })).toBe(true);
    expect(isUrlCheck(keys, { timestamp, nonce: `${nonce}0`, signature })).toBe(false);
    expect(isUrlCheck({ ...keys, token: 'AAAAB' }, { timestamp, nonce, signature })).toBe(false);
  });

  it('without parameters is nobody', () => {
    expect(isUrlCheck(keys, {})).toBe(false);
  });
});

describe('a push in safe mode', () => {
  it('opens to the 167 bytes of the published event', () => {
    const message = openPush(keys, query, encrypted);
    expect(Buffer.byteLength(message ?? '')).toBe(167);
    expect(JSON.parse(message ?? '')).toMatchObject({ Event: 'debug_demo' });
  });

  it('of a published reply has the published signature', () => {
    const reply =
      'ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==';
    const signature = '1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1';
    expect(pushSignature(keys.token, '1713424427', '415670741', reply)).toBe(signature);
    const opened = openPush(
      keys,
      { timestamp: '1713424427', nonce: '415670741', msg_signature: signature },
      reply,
    );
    expect(opened).toBe('{"demo_resp":"good luck"}');
  });

  it('stays closed under the signature that does not cover the body', () => {
    const signature = pushSignature(keys.token, query.timestamp, query.nonce);
    expect(openPush(keys, { ...query, msg_signature: signature }, encrypted)).toBeUndefined();
  });

  it('stays closed when it was meant for another mini-program', () => {
    expect(openPush({ ...keys, appid: 'wx0000000000000000' }, query, encrypted)).toBeUndefined();
  });

  it('stays closed when its ciphertext is rubbish with a right signature', () => {
    for (const rubbish of ['', 'AAAA', 'A'.repeat(64)]) {
      const signature = pushSignature(keys.token, '1', '2', rubbish);
      const asked = { timestamp: '1', nonce: '2', msg_signature: signature };
      expect(openPush(keys, asked, rubbish)).toBeUndefined();
    }
  });

  it('is found in a body of JSON and of XML', () => {
    expect(encryptedPart('{"ToUserName":"gh","Encrypt":"abc="}')).toBe('abc=');
    expect(encryptedPart('<xml><Encrypt><![CDATA[abc=]]></Encrypt></xml>')).toBe('abc=');
    expect(encryptedPart('nothing')).toBeUndefined();
  });
});
