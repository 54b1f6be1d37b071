/** What was said to one request: a verdict, or something else, after which nobody knows whether it was decided. */
export type Answer =
  | { readonly verdict: 'approved' }
  | { readonly verdict: 'declined'; readonly why: string }
  | { readonly verdict: 'none'; readonly why: string };

/** A run of which more than this part went otherwise than planned has measured something else. */
const otherwiseMax = 0.01;

/** What was said to all of them, and why some of it was not what was expected. */
export type AnswerCount = {
  approved: number;
  declined: number;
  /** Without a verdict: weather, mostly. It may have been decided, or not. */
  none: number;
  whys: Record<string, number>;
};

export const noAnswers = (): AnswerCount => ({ approved: 0, declined: 0, none: 0, whys: {} });

export function take(count: AnswerCount, answer: Answer): void {
  count[answer.verdict] += 1;
  if (answer.verdict === 'approved') return;
  count.whys[answer.why] = (count.whys[answer.why] ?? 0) + 1;
}

export function add(count: AnswerCount, more: AnswerCount): void {
  count.approved += more.approved;
  count.declined += more.declined;
  count.none += more.none;
  for (const [why, times] of Object.entries(more.whys))
    count.whys[why] = (count.whys[why] ?? 0) + times;
}

/** What went otherwise than planned, a line for each reason. */
export const otherwise = ({ whys }: AnswerCount): string[] =>
  Object.entries(whys).map(([why, times]) => `${times} times: ${why}`);

/** @throws when so much went otherwise that the figures would be worth nothing. */
export function requireExpected(count: AnswerCount): void {
  const wrong = count.declined + count.none;
  if (wrong > otherwiseMax * (count.approved + wrong))
    throw new Error(`Sales were not approved. ${otherwise(count).join('; ')}`);
}

/** Whether so many payments can be there after these answers: each verdict is stored, once. */
export function explains({ approved, declined, none }: AnswerCount, stored: number): boolean {
  const verdicts = approved + declined;
  return stored >= verdicts && stored <= verdicts + none;
}
