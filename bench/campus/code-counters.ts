import type { CampusClock } from './campus-clock.js';

const slotsPerStep = 4;
const stepSeconds = 30;
/** How long a code has to stay good when it is used at once: as long as an answer may take. */
const atOnceSeconds = 5;
/** Coprime to any number of cards that is not a multiple of it, so that cards come in no order of the disk. */
const stride = 7_919;

/**
 * Gives every sale a card and a counter that the card has not used: a phone makes four codes in thirty seconds, and the
 * service takes those of three such steps.
 */
export class CodeCounters {
  private readonly last: Float64Array;
  private at = 0;

  constructor(
    private readonly cards: number,
    private readonly clock: CampusClock,
  ) {
    if (cards % stride === 0)
      throw new RangeError(`The number of cards is a multiple of ${stride}.`);
    this.last = new Float64Array(cards + 1);
  }

  /**
   * @param keepsSeconds how long the code has to stay good; at most thirty.
   * @throws when the cards have shown every code that is good now: the window is too long for so few cards.
   */
  next(keepsSeconds = atOnceSeconds): { readonly card: number; readonly counter: number } {
    const next = this.draw(keepsSeconds);
    if (next === undefined)
      throw new Error('The cards have no codes left; use more of them (--cards).');
    return { card: next[0], counter: next[1] };
  }

  /** As many as asked for, or as there are. */
  upTo(count: number, keepsSeconds: number): (readonly [card: number, counter: number])[] {
    const codes: (readonly [number, number])[] = [];
    for (let n = 0; n < count; n += 1) {
      const next = this.draw(keepsSeconds);
      if (next === undefined) break;
      codes.push(next);
    }
    return codes;
  }

  private draw(keepsSeconds: number): readonly [card: number, counter: number] | undefined {
    const step = this.clock.step();
    const oldest = this.clock.secondsIntoStep() + keepsSeconds < stepSeconds ? step - 1 : step;
    this.at = (this.at + stride) % this.cards;
    const card = this.at + 1;
    const counter = Math.max((this.last[card] ?? 0) + 1, oldest * slotsPerStep);
    if (counter >= (step + 2) * slotsPerStep) return undefined;
    this.last[card] = counter;
    return [card, counter];
  }

  /** Takes back what was given last and not used, in the order in which it was given. */
  takeBack(unused: readonly (readonly [card: number, counter: number])[]): void {
    for (const [card, counter] of unused.toReversed()) this.last[card] = counter - 1;
  }
}
