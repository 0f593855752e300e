// The server's process, kept in hand: a client that never became ready cannot end what it started.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";

export class ServerProcess {
  private child: ChildProcessWithoutNullStreams | undefined;

  constructor(
    private readonly path: string,
    private readonly folder: string | undefined,
  ) {}

  // Starts the program, anew after each end. Rejects when the system cannot start it.
  async launch(): Promise<ChildProcessWithoutNullStreams> {
    this.child = spawn(this.path, ["lsp", "--stdio"], this.folder === undefined ? {} : { cwd: this.folder });
    await once(this.child, "spawn");
    // A pipe that breaks shows as the connection's end; unheard it would be an error of the whole extension host.
    this.child.stdin.on("error", () => undefined);
    return this.child;
  }

  kill(): void {
    this.child?.kill();
  }
}
