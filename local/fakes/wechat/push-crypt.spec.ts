import { describe, expect, it } from '@jest/globals';
import { decryptPush, encryptPush, pushSignature } from './push-crypt.js';
import { wechatDefaults } from './defaults.js';

/** The platform's own published vectors for its message push. */
const TOKEN = 'AAAAA';
const KEY = { encodingAesKey: 'A'.repeat(43), appid: 'wxba5fad812f8e6fb9' };
const EVENT = [
  '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcv',
  'ZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3F',
  'n2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSe',
  'OBrebufAlr7F9mFUPAJGj04=',
].join('');
const REPLY =
  'ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==';

describe('the message push', () => {
  it('signs the address check as the platform publishes it', () => {
    expect(pushSignature(TOKEN, '1714036504', '1514711492')).toBe(
      'f464b24fc39322e44b38aa78f5edd27bd1441696',
    );
    expect(pushSignature(TOKEN, '1714037059', '486452656')).toBe(
      '899cf89e464efb63f54ddac96b0a0a235f53aa78',
    );
  });

  it('opens the published encrypted event', () => {
    expect(pushSignature(TOKEN, '1714112445', '415670741', EVENT)).toBe(
      '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3',
    );
    const { message, appid } = decryptPush(KEY.encodingAesKey, EVENT);
    expect(appid).toBe(KEY.appid);
    expect(Buffer.byteLength(message)).toBe(167);
    expect(JSON.parse(message)).toMatchObject({ MsgType: 'event', Event: 'debug_demo' });
  });

  it('encrypts the published reply to the byte', () => {
    const random16 = Buffer.from('707722b803182950');
    expect(encryptPush(KEY, '{"demo_resp":"good luck"}', random16)).toBe(REPLY);
    expect(pushSignature(TOKEN, '1713424427', '415670741', REPLY)).toBe(
      '1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1',
    );
  });

  it('reads back what it wrote, at every padding', () => {
    expect(wechatDefaults.encodingAesKey).toHaveLength(43);
    for (let length = 0; length < 70; length += 1) {
      const message = '食'.repeat(length);
      const read = decryptPush(wechatDefaults.encodingAesKey, encryptPush(wechatDefaults, message));
      expect(read).toEqual({ message, appid: wechatDefaults.appid });
    }
  });
});
