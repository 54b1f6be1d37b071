/** The most of a body that is kept; requests of terminals are a few hundred bytes. */
const keptMax = 2_000;

/** Fields whose value lets somebody pay, enrol or sign: their beginning is enough to see what was sent. */
const secrets =
  /"(code|text|pin|password|token|supervision|number|enrolmentCode|proof|signature)"(\s*:\s*)"([^"\\]*(?:\\.[^"\\]*)*)"?/g;
const longDigits = /\d{16,}/g;
const shown = 2;

/** Of six digits even the beginning tells too much. */
const mask = (text: string, name?: string): string =>
  `${name === 'pin' ? '' : text.slice(0, shown)}…(${text.length})`;

/** A body as the log keeps it: codes, PINs and proofs by their first two characters and their length. */
export function redactBody(body: Uint8Array): string {
  const text = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, keptMax)).toString();
  return text
    .replace(secrets, (_, name: string, colon: string, value: string) =>
      value === '' ? `"${name}"${colon}""` : `"${name}"${colon}"${mask(value, name)}"`,
    )
    .replace(longDigits, (digits) => mask(digits));
}
