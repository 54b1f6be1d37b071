import {
  fromDecimal,
  SIGNATURE_LENGTH,
  toDecimal,
  verifyStrictly,
  type SignEd25519,
  type VerifyEd25519,
} from '@campus-paycode/paycode';
import { asciiBytes } from './bytes.js';
import { refuse, type Refusal } from './refusal.js';

/**
 * Tickets for meters without a network: signed by the service, carried by a phone, a paper or a
 * terminal, judged by the meter alone, and good for it once.
 */
export type Ticket = {
  /** Which of the service's ticket keys signed it: 0 to 255. */
  readonly keyId: number;
  readonly kind: TicketKind;
  /** The number on the one device that takes it. */
  readonly device: number;
  /** Rises with each ticket of the device. */
  readonly number: number;
  /** `top_up`: all units ever sold to the device; `session`: the most that it may give. */
  readonly units: number;
  /** Unix seconds: from then on no device takes it. */
  readonly expiresAt: number;
};

export type TicketKind = 'top_up' | 'session';

export const TICKET_LENGTH = 83;
/** Any 83 bytes whose first is 0xD1 are a number of exactly so many digits. */
export const TICKET_DIGITS = 200;
export const TICKET_VERSION = 0xd1;
/** Keeps a ticket's signature from ever passing for anything else. */
export const TICKET_TAG = 'cpc1/ticket\0';

const UNSIGNED_LENGTH = TICKET_LENGTH - SIGNATURE_LENGTH;
const KINDS: Readonly<Record<TicketKind, number>> = { top_up: 1, session: 2 };
const MOST_UINT32 = 0xffff_ffff;

/** The 200 digits, to be drawn as a QR code in numeric mode or typed. `sign` is with the key of `keyId`. */
export function makeTicket(ticket: Ticket, sign: SignEd25519): string {
  const unsigned = unsignedBytes(ticket);
  const signature = sign(messageOf(unsigned));
  if (signature.length !== SIGNATURE_LENGTH) throw new RangeError('That is no signature.');
  const bytes = new Uint8Array(TICKET_LENGTH);
  bytes.set(unsigned);
  bytes.set(signature, UNSIGNED_LENGTH);
  return toDecimal(bytes, TICKET_DIGITS);
}

export type ReadTicket = {
  readonly ok: true;
  readonly ticket: Ticket;
  /** All 83 bytes. */
  readonly bytes: Uint8Array;
};

/** Reads 200 ASCII digits; one CR, LF or TAB of a scanner may follow. The signature is not looked at. */
export function readTicket(scan: string): ReadTicket | Refusal<'ticket_malformed'> {
  const digits = scan.replace(/[\r\n\t]$/, '');
  if (!/^\d{200}$/.test(digits)) return refuse('ticket_malformed', 'A ticket is 200 digits.');
  const bytes = fromDecimal(digits, TICKET_LENGTH);
  if (bytes?.[0] !== TICKET_VERSION) {
    return refuse('ticket_malformed', 'The digits are no ticket of this version.');
  }
  const kind = (Object.keys(KINDS) as TicketKind[]).find((name) => KINDS[name] === bytes[2]);
  if (kind === undefined) return refuse('ticket_malformed', 'The ticket is of no known kind.');
  const uint32 = (offset: number) => new DataView(bytes.buffer).getUint32(offset);
  const [device, number, units, expiresAt] = [uint32(3), uint32(7), uint32(11), uint32(15)];
  if (device === 0 || number === 0 || units === 0) {
    return refuse('ticket_malformed', 'Device, number and units of a ticket are above zero.');
  }
  const ticket = { keyId: bytes[1] ?? 0, kind, device, number, units, expiresAt };
  return { ok: true, ticket, bytes };
}

/** What a meter knows when a ticket is brought to it. */
export type TicketDevice = {
  readonly device: number;
  /** The service's public ticket keys by number, as they were put in: raw 32 bytes each. */
  readonly keys: ReadonlyMap<number, Uint8Array>;
  /** Unix seconds; null where the meter has no clock: then the number alone ends a ticket's life. */
  readonly now: number | null;
  /** The highest number that it ever took; 0 before the first. */
  readonly lastNumber: number;
  /** The total of the last top-up that it took; 0 before the first. */
  readonly lastTotal: number;
};

/** In this order; the first that fits is the reason. */
export type TicketFault =
  | 'ticket_malformed'
  | 'ticket_key_unknown'
  | 'ticket_forged'
  | 'ticket_of_another_meter'
  | 'ticket_used'
  | 'ticket_expired';

export type JudgedTicket = {
  readonly ok: true;
  readonly ticket: Ticket;
  /** What it is worth here: units to add, or the most that the session may give. */
  readonly units: number;
};

/**
 * Whether a meter takes a ticket, and what for. Whoever takes it writes its number (and the total of
 * a top-up) to what outlives a loss of power before it gives anything.
 */
export function judgeTicket(
  scan: string,
  meter: TicketDevice,
  verify: VerifyEd25519,
): JudgedTicket | Refusal<TicketFault> {
  const read = readTicket(scan);
  if (!read.ok) return read;
  const { ticket, bytes } = read;
  const publicKey = meter.keys.get(ticket.keyId);
  if (publicKey === undefined) return refuse('ticket_key_unknown', 'No such ticket key is here.');
  const message = messageOf(bytes.subarray(0, UNSIGNED_LENGTH));
  const signature = bytes.subarray(UNSIGNED_LENGTH);
  if (!verifyStrictly({ publicKey, message, signature }, verify)) {
    return refuse('ticket_forged', 'The service did not sign this.');
  }
  if (ticket.device !== meter.device) {
    return refuse('ticket_of_another_meter', `It is for device ${ticket.device}.`);
  }
  const units = ticket.kind === 'top_up' ? ticket.units - meter.lastTotal : ticket.units;
  if (ticket.number <= meter.lastNumber || units <= 0) {
    return refuse('ticket_used', 'This ticket, or a newer one, was taken before.');
  }
  if (meter.now !== null && meter.now >= ticket.expiresAt) {
    return refuse('ticket_expired', 'The ticket is over; the service gives a fresh one.');
  }
  return { ok: true, ticket, units };
}

function unsignedBytes({ keyId, kind, device, number, units, expiresAt }: Ticket): Uint8Array {
  const fields = [device, number, units, expiresAt];
  const isUint = (value: number, most: number) =>
    Number.isInteger(value) && value >= 0 && value <= most;
  if (!isUint(keyId, 0xff) || !fields.every((field) => isUint(field, MOST_UINT32))) {
    throw new RangeError('A field of the ticket does not fit.');
  }
  if (device === 0 || number === 0 || units === 0) {
    throw new RangeError('Device, number and units of a ticket are above zero.');
  }
  const bytes = Uint8Array.of(
    TICKET_VERSION,
    keyId,
    KINDS[kind],
    ...Array.from({ length: 16 }, () => 0),
  );
  const view = new DataView(bytes.buffer);
  for (const [index, field] of fields.entries()) view.setUint32(3 + index * 4, field);
  return bytes;
}

function messageOf(unsigned: Uint8Array): Uint8Array {
  const tag = asciiBytes(TICKET_TAG);
  const message = new Uint8Array(tag.length + unsigned.length);
  message.set(tag);
  message.set(unsigned, tag.length);
  return message;
}
