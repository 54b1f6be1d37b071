/** One message on its way to a phone. */
export type Parcel = {
  readonly message: bigint;
  readonly openid: string;
  readonly template: string;
  readonly page: string;
  readonly data: Readonly<Record<string, string>>;
  /** 1 for the first call. */
  readonly attempt: number;
  /** The first call was not answered and this message had the last allowance. */
  readonly retriedAfterSilence: boolean;
};

type Answer = { readonly code: number | null; readonly rid: string | null };

/** All that a channel can answer; nothing else leaks out of it. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly msgid: string }
  | ({ readonly kind: 'refused'; readonly why: 'no_allowance' | 'address_invalid' } & Answer)
  | ({
      readonly kind: 'retry';
      readonly wait: 'a_moment' | 'a_minute' | 'until_midnight' | 'until_reachable';
    } & Answer)
  | ({ readonly kind: 'dead'; readonly why: 'template_stopped' | 'rejected' } & Answer)
  | { readonly kind: 'unknown' };

/** Brings messages to phones. Never throws for what the other side does. */
export interface Channel {
  send(parcel: Parcel): Promise<SendOutcome>;
}
