import { describe, expect, it } from '@jest/globals';
import { nodeVerify } from '../vectors/implementations.js';
import { signedVectors, trust } from '../vectors/read-signed.js';
import { bytes } from '../vectors/read-vectors.js';
import { judgeOffline, parseScan, type OfflineJudgement, type SignedQr } from './index.js';

const scan = (digits: string): SignedQr => {
  const parsed = parseScan(digits);
  if (!parsed.ok || parsed.form !== 'signed') throw new Error('That is no signed QR.');
  return parsed;
};
const told = (judgement: OfflineJudgement): string => {
  if (judgement.kind === 'genuine') return judgement.limits;
  return judgement.kind === 'again' ? 'again' : judgement.refusal;
};

describe('a terminal without a network', () => {
  it.each(signedVectors.offline)('says $answer to $why', (vector) => {
    const { digits, now, hotlist, accepted, answer } = vector;
    const references = hotlist.references.map(bytes);
    const terminal = {
      trust,
      now,
      hotlist: { ...hotlist, references },
      accepted: accepted === null ? undefined : bytes(accepted),
    };
    expect(told(judgeOffline(scan(digits), terminal, nodeVerify))).toBe(answer);
  });

  it('accepts nothing more of a certificate when it cannot read what it accepted', () => {
    const [vector] = signedVectors.offline;
    const hotlist = { number: 1, madeAt: vector?.now ?? 0, references: [] };
    const terminal = { trust, now: vector?.now ?? 0, hotlist };
    const code = scan(vector?.digits ?? '');
    expect(told(judgeOffline(code, terminal, nodeVerify))).toBe('normal');
    const torn = { ...terminal, accepted: new Uint8Array(100) };
    expect(told(judgeOffline(code, torn, nodeVerify))).toBe('code_used');
  });
});
