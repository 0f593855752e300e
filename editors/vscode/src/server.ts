import { commands, type Disposable, type LogOutputChannel, type OutputChannel, type Uri, window, workspace } from "vscode";
import {
  CloseAction,
  type ErrorHandler,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
} from "vscode-languageclient/node";
import { findBinary } from "./binary";
import { RestartBudget } from "./restarts";
import { serverPathSetting, serverSettings } from "./settings";

// The running server, or the knowledge that there is none. Starting never throws: what is wrong is told to the person.
export class Server implements Disposable {
  private client: LanguageClient | undefined;
  private stateListener: Disposable | undefined;
  // Starts and stops follow each other; two at once would leave a process behind.
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly log: LogOutputChannel,
    private readonly trace: OutputChannel,
    private readonly onState: (text: string, wrong: boolean) => void,
  ) {}

  start(): Promise<void> {
    return this.enqueue(() => this.startNow());
  }

  restart(): Promise<void> {
    return this.enqueue(async () => {
      await this.stopNow();
      await this.startNow();
    });
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.stopNow());
  }

  dispose(): void {
    void this.stop();
  }

  // Runs one of the server's commands. Throws when the server is not running or answers with an error.
  async execute<Result>(command: string, argument?: object): Promise<Result> {
    await this.queue;
    if (this.client?.state !== State.Running) throw new Error("Refract's server is not running.");
    const parameters = { command, arguments: argument === undefined ? [] : [argument] };
    return this.client.sendRequest<Result>("workspace/executeCommand", parameters);
  }

  asServerUri(uri: Uri): string {
    return this.client?.code2ProtocolConverter.asUri(uri) ?? uri.toString();
  }

  asEditorUri(uri: string): Uri {
    if (this.client === undefined) throw new Error("Refract's server is not running.");
    return this.client.protocol2CodeConverter.asUri(uri);
  }

  private enqueue(step: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(step, step);
    return this.queue;
  }

  private async startNow(): Promise<void> {
    if (this.client !== undefined) return;
    const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
    const binary = findBinary({
      setting: serverPathSetting(),
      searchPath: process.env["PATH"] ?? "",
      folder,
      windows: process.platform === "win32",
    });
    if ("problem" in binary) {
      this.tellMissing(binary.problem);
      return;
    }
    this.log.info(`Starting ${binary.path} lsp --stdio`);
    const client = new LanguageClient(
      "refract",
      "Refract",
      { command: binary.path, args: ["lsp", "--stdio"], ...(folder ? { options: { cwd: folder } } : {}) },
      this.clientOptions(binary.path),
    );
    this.client = client;
    this.stateListener = client.onDidChangeState(({ newState }) => this.tellState(client, newState));
    try {
      await client.start();
    } catch (problem) {
      this.log.error(`The server did not start: ${String(problem)}`);
      await this.stopNow();
      this.tellBroken(`Refract's server (${binary.path}) did not start.`);
    }
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.stateListener?.dispose();
    this.stateListener = undefined;
    try {
      await client?.dispose(2000);
    } catch (problem) {
      // A server that crashed, or never answered, cannot be stopped politely; its process is gone or killed.
      this.log.debug(`Stopping: ${String(problem)}`);
    }
    if (client !== undefined) this.onState("stopped", false);
  }

  private clientOptions(path: string): LanguageClientOptions {
    return {
      documentSelector: [
        { scheme: "file", language: "prisma" },
        { scheme: "untitled", language: "prisma" },
      ],
      initializationOptions: { clientCommands: true, ...serverSettings() },
      synchronize: { configurationSection: "refract" },
      outputChannel: this.log,
      traceOutputChannel: this.trace,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      markdown: { isTrusted: false, supportHtml: false },
      // A failed start is told once, by startNow().
      initializationFailedHandler: () => false,
      errorHandler: this.errorHandler(path),
    };
  }

  private errorHandler(path: string): ErrorHandler {
    const budget = new RestartBudget();
    let wasReady = false;
    return {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        wasReady ||= this.client?.initializeResult !== undefined;
        if (!wasReady) return { action: CloseAction.DoNotRestart, handled: true };
        if (budget.mayRestart(Date.now())) return { action: CloseAction.Restart, handled: true };
        this.tellBroken(`Refract's server (${path}) ended several times in a short while and stays off now.`);
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  private tellState(client: LanguageClient, state: State): void {
    if (client !== this.client) return;
    if (state === State.Starting) this.onState("starting", false);
    if (state === State.Stopped) this.onState("stopped", true);
    if (state === State.Running) {
      const version = client.initializeResult?.serverInfo?.version;
      this.log.info(`The server${version ? ` ${version}` : ""} is ready`);
      this.onState(version ?? "running", false);
    }
  }

  private tellMissing(problem: string): void {
    this.log.error(problem);
    this.onState("not found", true);
    const advice = "Install Refract so that its program is in PATH, or write where it is in the setting refract.server.path.";
    void this.offerSetting(`Refract's server was not found. ${problem} ${advice}`, "Try Again");
  }

  private tellBroken(problem: string): void {
    this.log.error(problem);
    this.onState("stopped", true);
    void this.offerSetting(`${problem} Look at its output, or at the setting refract.server.path.`, "Show Output");
  }

  private async offerSetting(message: string, other: "Try Again" | "Show Output"): Promise<void> {
    const chosen = await window.showErrorMessage(message, "Open Setting", other);
    if (chosen === "Open Setting") await commands.executeCommand("workbench.action.openSettings", "refract.server.path");
    if (chosen === "Try Again") await this.restart();
    if (chosen === "Show Output") this.log.show();
  }
}
