import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  publicKeyToJwk,
  signAnswer,
  signRequest,
  verifyAnswer,
  verifyRequest,
  requestSignatureOf,
  type RequestMessage,
  type SignatureAlgorithm,
  type VerifyingKey,
} from './index.js';

const NOW = 1_795_330_800;
const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const bytes = (text: string) => new TextEncoder().encode(text);

function keyOf(algorithm: SignatureAlgorithm) {
  const pair =
    algorithm === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const der = pair.publicKey.export({ type: 'spki', format: 'der' });
  const publicKey = new Uint8Array(der.subarray(algorithm === 'ed25519' ? -32 : -65));
  const hash = algorithm === 'ed25519' ? null : 'sha256';
  const options = { key: pair.privateKey, dsaEncoding: 'ieee-p1363' as const };
  return { algorithm, publicKey, sign: (base: Uint8Array) => sign(hash, base, options) };
}

function verifyWith(key: VerifyingKey, base: Uint8Array, signature: Uint8Array): boolean {
  const jwk = publicKeyToJwk(key.algorithm, key.publicKey);
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  const hash = key.algorithm === 'ed25519' ? null : 'sha256';
  return verify(hash, base, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
}

const terminal = keyOf('ed25519');
const service = keyOf('ed25519');
const sale = {
  method: 'POST',
  authority: 'pay.demo-campus.example',
  target: '/v1/payments?trace=1',
  body: bytes('{"amount":1250}'),
};

async function signed(
  request: Omit<RequestMessage, 'headers'> = sale,
  key = terminal,
): Promise<RequestMessage & { headers: Record<string, string> }> {
  const signer = { ...key, keyId: 't-12.1', created: NOW, sha256 };
  return { ...request, headers: await signRequest(request, signer) };
}

function check(message: RequestMessage, key: VerifyingKey = terminal, nowSeconds = NOW) {
  return verifyRequest(message, { sha256, nowSeconds, findKey: () => key, verify: verifyWith });
}

describe('a signed request', () => {
  for (const algorithm of ['ed25519', 'ecdsa-p256-sha256'] as const) {
    it(`is accepted with ${algorithm}, with a body and without`, async () => {
      const key = keyOf(algorithm);
      const read = { ...sale, method: 'GET', target: '/v1/terminal-settings', body: bytes('') };
      expect(await check(await signed(sale, key), key)).toMatchObject({ ok: true, created: NOW });
      expect(await check(await signed(read, key), key)).toMatchObject({
        ok: true,
        keyId: 't-12.1',
      });
    });
  }

  it('is refused when anything it covers was changed', async () => {
    const good = await signed();
    const changes: Partial<RequestMessage>[] = [
      { method: 'PUT' },
      { authority: 'pay.other.example' },
      { target: '/v1/payments?trace=2' },
      { target: '/v1/payments' },
      { target: '/v1/Payments?trace=1' },
      { body: bytes('{"amount":1251}') },
      { body: bytes('') },
      { headers: { ...good.headers, 'content-type': 'text/plain' } },
      { headers: { ...good.headers, 'content-digest': 'sha-256=:AAAA:' } },
    ];
    for (const change of changes) {
      expect(await check({ ...good, ...change })).toMatchObject({ code: 'signature_invalid' });
    }
  });

  it('is refused unless its fields stand in exactly the one form', async () => {
    const good = await signed();
    const input = String(good.headers['signature-input']);
    const others = [
      input.replace('"@method" "@authority"', '"@authority" "@method"'),
      input.replace(' "@query"', ''),
      input.replace('"@path"', '"@path" "@path"'),
      input.replace(';tag="cpc1-terminal"', ''),
      input.replace('cpc1-terminal', 'cpc1-answer'),
      input.replace('ed25519', 'rsa-pss-sha512'),
      input.replace('ed25519', 'ecdsa-p256-sha256'),
      input.replace(`created=${NOW}`, `created=${NOW}.0`),
      input.replace(`created=${NOW}`, `created=${NOW};created=${NOW}`),
      input.replace('keyid="t-12.1"', 'keyid=t-12.1'),
      `${input};nonce="x"`,
      `${input}, ${input}`,
      `${input}, other=("@method")`,
      input.replace('cp=', 'sig1='),
      input.replace('("@method"', '( "@method"'),
      'cp',
      '(((',
    ];
    for (const other of others) {
      const headers = { ...good.headers, 'signature-input': other };
      expect([other, await check({ ...good, headers })]).toMatchObject([
        other,
        { code: 'signature_invalid' },
      ]);
    }
  });

  it('is refused when a covered header came twice', async () => {
    const good = await signed();
    for (const name of ['signature', 'signature-input', 'content-digest', 'content-type']) {
      const value = String(good.headers[name]);
      const headers = { ...good.headers, [name]: [value, value] };
      expect(await check({ ...good, headers })).toMatchObject({ code: 'signature_invalid' });
    }
  });

  it('says what is missing, which version is spoken, and whose clock is off', async () => {
    const good = await signed();
    const { signature: _, ...unsigned } = good.headers;
    const versions = { ...good.headers, 'campus-protocol': '2' };
    expect(await check({ ...good, headers: unsigned })).toMatchObject({
      code: 'signature_missing',
    });
    expect(await check({ ...good, headers: versions })).toMatchObject({
      code: 'protocol_unsupported',
    });
    expect(await check(good, terminal, NOW + 60)).toMatchObject({ ok: true });
    expect(await check(good, terminal, NOW + 61)).toMatchObject({ code: 'clock_off' });
    expect(await check(good, terminal, NOW - 61)).toMatchObject({ code: 'clock_off' });
  });
});

describe('a signed answer', () => {
  const body = bytes('{"verdict":"approved"}');

  async function answered(requestSignature: Uint8Array | null) {
    const draft = { status: 200, contentType: 'application/json', body, requestSignature };
    const signer = { ...service, keyId: 's-1', created: NOW, sha256 };
    return { status: 200, body, headers: await signAnswer(draft, signer) };
  }

  const options = { sha256, findKey: () => service, verify: verifyWith };

  it('is bound to the request it answers', async () => {
    const requestSignature = requestSignatureOf((await signed()).headers);
    const answer = await answered(requestSignature);
    const own = requestSignature ?? new Uint8Array();
    const others = own.map((byte) => byte ^ 1);
    expect(await verifyAnswer({ ...answer, requestSignature: own }, options)).toMatchObject({
      ok: true,
      bound: true,
    });
    for (const change of [{ status: 201 }, { body: bytes('{}') }, { requestSignature: others }]) {
      const message = { ...answer, requestSignature: own, ...change };
      expect(await verifyAnswer(message, options)).toMatchObject({ code: 'answer_invalid' });
    }
  });

  it('is not bound when the request had no readable signature', async () => {
    expect(requestSignatureOf({ signature: 'cp=:!:' })).toBeNull();
    const answer = await answered(null);
    const message = { ...answer, requestSignature: new Uint8Array(64) };
    expect(await verifyAnswer(message, options)).toMatchObject({ ok: true, bound: false });
  });
});
