/** A terminal makes one sale at a time; a second one is refused, not queued. */
export class OneAtATime {
  isBusy = false;

  /** @param before what has to end first. */
  async run<Result>(before: Promise<void>, work: () => Promise<Result>): Promise<Result> {
    if (this.isBusy) throw new Error('the terminal is busy with another sale');
    this.isBusy = true;
    try {
      await before;
      return await work();
    } finally {
      this.isBusy = false;
    }
  }
}
