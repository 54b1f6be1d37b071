/**
 * Shares one look at the database among all who need it at a time. Whoever asks gets a look that begins after asking: one
 * that is under way may have read before the change that the asker knows of.
 */
export class FreshLook {
  private running: Promise<void> | undefined;
  private following: Promise<void> | undefined;

  constructor(private readonly look: () => Promise<void>) {}

  take(): Promise<void> {
    if (this.running === undefined) return this.begin();
    this.following ??= this.running
      .catch(() => {})
      .then(() => {
        this.following = undefined;
        return this.running ?? this.begin();
      });
    return this.following;
  }

  private begin(): Promise<void> {
    this.running = this.look().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }
}
