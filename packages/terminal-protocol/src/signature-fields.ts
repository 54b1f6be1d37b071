import { parseDictionary, serializeInnerList } from 'structured-headers';
import type { InnerList } from 'structured-headers';
import { fromSoundBase64 } from './base64.js';
import { byteSequence } from './content-digest.js';
import {
  isSignatureAlgorithm,
  signatureAlgorithms,
  type SignatureAlgorithm,
} from './algorithms.js';
import { singleHeader, type RawHeaders } from './headers.js';

/** The one label of both `Signature-Input` and `Signature`. */
export const SIGNATURE_LABEL = 'cp';

const PARAMETERS = ['created', 'keyid', 'alg', 'tag'] as const;
const KEY_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The parameters as `writeParameters` writes them: nearly all are. Any others are for the general reader to judge. */
const USUAL_PARAMETERS =
  /^;created=(0|[1-9]\d{0,14});keyid="([A-Za-z0-9][A-Za-z0-9._-]{0,63})";alg="([a-z0-9-]{1,32})";tag="([a-z0-9-]{1,32})"$/;
/** 64 bytes in canonical base64: the bits that the last letter has left over are zero. */
const USUAL_SIGNATURE = /^cp=:[A-Za-z0-9+/]{85}[AQgw]==:$/;
const USUAL_SIGNATURE_BYTES = 64;

/** What a signature says about itself. `created` is unix seconds. */
export type SignatureParameters = {
  readonly created: number;
  readonly keyId: string;
  readonly algorithm: SignatureAlgorithm;
  readonly tag: string;
};

/** `parameters` is the text after `cp=`; it is also the last line of the signature base. */
export type SignatureFields = SignatureParameters & {
  readonly components: readonly string[];
  readonly parameters: string;
  readonly signature: Uint8Array;
};

/** Components are written as they stand in the base, e.g. `"@method"` or `"signature";req;key="cp"`. */
export function writeParameters(
  components: readonly string[],
  { created, keyId, algorithm, tag }: SignatureParameters,
): string {
  const list = listText(components).slice(SIGNATURE_LABEL.length + 1);
  return `${list};created=${created};keyid="${keyId}";alg="${algorithm}";tag="${tag}"`;
}

/** `Signature-Input` and `Signature` as they are sent. */
export function signatureHeaders(parameters: string, signature: Uint8Array) {
  return {
    'signature-input': `${SIGNATURE_LABEL}=${parameters}`,
    signature: `${SIGNATURE_LABEL}=${byteSequence(signature)}`,
  };
}

/**
 * Reads both fields strictly: one member each, named `cp`, in canonical form, covering exactly one
 * of the `allowed` lists of components, with exactly the four parameters. A string says what is
 * wrong.
 */
export function readSignatureFields(
  headers: RawHeaders,
  allowed: readonly (readonly string[])[],
): SignatureFields | string {
  const field = singleHeader(headers, 'signature-input');
  if (field === null) return 'Signature-Input must be sent once, in printable ASCII';
  const signature = readSignatureValue(headers);
  if (signature === null) return 'Signature must be one byte sequence labelled cp';
  const components = allowed.find((list) => field.startsWith(listText(list)));
  if (components === undefined) {
    return `Signature-Input must begin with ${allowed.map(listText).join(' or ')}`;
  }
  const described = readDescription(field.slice(listText(components).length));
  if (typeof described === 'string') return described;
  if (signature.length !== signatureAlgorithms[described.algorithm].signatureBytes) {
    return 'the signature has the wrong length for its algorithm';
  }
  const parameters = field.slice(SIGNATURE_LABEL.length + 1);
  return { ...described, components, parameters, signature };
}

/** The signature's bytes, or null when there is none in the one form that we read. */
export function readSignatureValue(headers: RawHeaders): Uint8Array | null {
  const field = singleHeader(headers, 'signature');
  if (field === null) return null;
  if (USUAL_SIGNATURE.test(field)) {
    return fromSoundBase64(field, SIGNATURE_LABEL.length + 2, USUAL_SIGNATURE_BYTES);
  }
  try {
    const value = parseDictionary(field).get(SIGNATURE_LABEL)?.[0];
    if (!(value instanceof ArrayBuffer)) return null;
    const bytes = new Uint8Array(value);
    return `${SIGNATURE_LABEL}=${byteSequence(bytes)}` === field ? bytes : null;
  } catch {
    return null;
  }
}

/** How a field begins that covers these components; there are few lists of them, and each is one array. */
const listTexts = new WeakMap<readonly string[], string>();

function listText(components: readonly string[]): string {
  const known = listTexts.get(components);
  if (known !== undefined) return known;
  const text = `${SIGNATURE_LABEL}=(${components.join(' ')})`;
  listTexts.set(components, text);
  return text;
}

function readDescription(text: string): SignatureParameters | string {
  const [, created, keyId, algorithm, tag] = USUAL_PARAMETERS.exec(text) ?? [];
  if (keyId !== undefined && tag !== undefined && isSignatureAlgorithm(algorithm)) {
    return { created: Number(created), keyId, algorithm, tag };
  }
  const list = readParameters(text);
  if (list === null) return 'the parameters of Signature-Input are not canonical';
  return describe(list[1]);
}

/**
 * Parameters are read on an empty list, since the components before them are known by then.
 * Comparing with the canonical text refuses further labels, doubled parameters and odd spaces.
 */
function readParameters(text: string): InnerList | null {
  const field = `${SIGNATURE_LABEL}=()${text}`;
  try {
    const member = parseDictionary(field).get(SIGNATURE_LABEL);
    if (member === undefined || !Array.isArray(member[0])) return null;
    const list = member as InnerList;
    return `${SIGNATURE_LABEL}=${serializeInnerList(list)}` === field ? list : null;
  } catch {
    return null;
  }
}

function describe(parameters: InnerList[1]): SignatureParameters | string {
  if (parameters.size !== PARAMETERS.length) {
    return 'the parameters must be created, keyid, alg and tag';
  }
  const created = parameters.get('created');
  const keyId = parameters.get('keyid');
  const algorithm = parameters.get('alg');
  const tag = parameters.get('tag');
  if (typeof created !== 'number' || !Number.isInteger(created) || created < 0) {
    return 'created must be whole seconds';
  }
  if (typeof keyId !== 'string' || !KEY_ID.test(keyId)) return 'keyid is not a key name';
  if (!isSignatureAlgorithm(algorithm)) return 'alg is not an algorithm of this protocol';
  if (typeof tag !== 'string') return 'tag must be a string';
  return { created, keyId, algorithm, tag };
}
