// Owns the server's process, because a client that never became ready cannot stop the process that it started.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";

export class ServerProcess {
  private child: ChildProcessWithoutNullStreams | undefined;

  constructor(
    private readonly path: string,
    private readonly folder: string | undefined,
  ) {}

  // Starts the program, also again after it ended. Rejects when the system cannot start it.
  async launch(): Promise<ChildProcessWithoutNullStreams> {
    this.child = spawn(this.path, ["lsp", "--stdio"], this.folder === undefined ? {} : { cwd: this.folder });
    await once(this.child, "spawn");
    // A broken pipe already ends the connection; without a listener the error would reach the extension host.
    this.child.stdin.on("error", () => undefined);
    return this.child;
  }

  kill(): void {
    this.child?.kill();
  }
}
