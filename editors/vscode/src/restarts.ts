// Limits how often a server that ended unexpectedly is restarted. After that only the user restarts it.
const kMaxRestarts = 3;
const kWithinMs = 180_000;

export class RestartBudget {
  private ends: number[] = [];

  // Records that the server ended at `now` (ms). Returns true if it may be restarted.
  mayRestart(now: number): boolean {
    this.ends = this.ends.filter((end) => now - end < kWithinMs);
    this.ends.push(now);
    return this.ends.length <= kMaxRestarts;
  }
}
