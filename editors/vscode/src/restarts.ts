// How often a server that ends unasked is started again: a few times in a while, then never until a person asks.
const kMostRestarts = 3;
const kWithinMs = 180_000;

export class RestartBudget {
  private ends: number[] = [];

  // Notes that the server ended at `now` (ms); true when it may be started again.
  mayRestart(now: number): boolean {
    this.ends = this.ends.filter((end) => now - end < kWithinMs);
    this.ends.push(now);
    return this.ends.length <= kMostRestarts;
  }
}
