import { env, platform } from "node:process";
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
import { ServerProcess } from "./process";
import { RestartBudget } from "./restarts";
import { serverPathSetting, serverSettings } from "./settings";

// A start that takes longer counts as failed. Normally the server needs milliseconds.
const kStartTimeoutMs = 20_000;

// The library's client without its own error notifications: Server reports each failure once.
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown, show?: boolean | "force"): void {
    super.error(message, data, show === "force" ? false : show);
  }
}

// The running server, or its absence. start() never throws: it shows the error to the user.
export class Server implements Disposable {
  private client: LanguageClient | undefined;
  private process: ServerProcess | undefined;
  private giveUp: (problem: Error) => void = () => undefined;
  private stateListener: Disposable | undefined;
  // Starts and stops run one after the other; two at the same time could leave a process running.
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
      searchPath: env["PATH"] ?? "",
      folder,
      windows: platform === "win32",
    });
    if ("problem" in binary) {
      this.reportMissing(binary.problem);
      return;
    }
    this.log.info(`Starting ${binary.path} lsp --stdio`);
    const server = new ServerProcess(binary.path, folder);
    const failed = new Promise<never>((_, reject) => (this.giveUp = reject));
    const client = new QuietClient("refract", "Refract", () => server.launch(), this.clientOptions(binary.path));
    this.client = client;
    this.process = server;
    this.stateListener = client.onDidChangeState(({ newState }) => this.showState(client, newState));
    const timeout = setTimeout(() => this.giveUp(new Error(`no answer within ${kStartTimeoutMs / 1000} s`)), kStartTimeoutMs);
    try {
      await Promise.race([client.start(), failed]);
    } catch (problem) {
      this.log.error(`The server did not start: ${String(problem)}`);
      await this.stopNow();
      this.reportBroken(`Refract's server (${binary.path}) did not start.`);
    } finally {
      clearTimeout(timeout);
    }
  }

  private async stopNow(): Promise<void> {
    const { client, process: server } = this;
    this.client = this.process = undefined;
    this.stateListener?.dispose();
    this.stateListener = undefined;
    try {
      await client?.dispose(2000);
    } catch (problem) {
      // A server that crashed or never answered cannot process the shutdown request.
      this.log.debug(`Stopping: ${String(problem)}`);
    }
    server?.kill();
    if (client !== undefined) this.onState("stopped", false);
  }

  private clientOptions(path: string): LanguageClientOptions {
    return {
      documentSelector: [
        { scheme: "file", language: "prisma" },
        { scheme: "untitled", language: "prisma" },
        { scheme: "file", language: "sql", pattern: "**/*/migration.sql" },
      ],
      initializationOptions: { clientCommands: true, ...serverSettings() },
      synchronize: { configurationSection: "refract" },
      outputChannel: this.log,
      traceOutputChannel: this.trace,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      markdown: { isTrusted: false, supportHtml: false },
      // startNow() reports a failed start once.
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
        if (!wasReady) {
          this.giveUp(new Error("it ended before it answered"));
          return { action: CloseAction.DoNotRestart, handled: true };
        }
        if (budget.mayRestart(Date.now())) return { action: CloseAction.Restart, handled: true };
        this.reportBroken(`Refract's server (${path}) ended unexpectedly several times and is not restarted again.`);
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  private showState(client: LanguageClient, state: State): void {
    if (client !== this.client) return;
    if (state === State.Starting) this.onState("starting", false);
    if (state === State.Stopped) this.onState("stopped", true);
    if (state === State.Running) {
      const version = client.initializeResult?.serverInfo?.version;
      this.log.info(`The server${version ? ` ${version}` : ""} is ready`);
      this.onState(version ?? "running", false);
    }
  }

  private reportMissing(problem: string): void {
    this.log.error(problem);
    this.onState("not found", true);
    const advice = "Install Refract so that refract is in PATH, or set refract.server.path to its path.";
    void this.offerSetting(`Refract's server was not found. ${problem} ${advice}`, "Try Again");
  }

  private reportBroken(problem: string): void {
    this.log.error(problem);
    this.onState("stopped", true);
    void this.offerSetting(`${problem} See its output, or check the setting refract.server.path.`, "Show Output");
  }

  private async offerSetting(message: string, other: "Try Again" | "Show Output"): Promise<void> {
    const chosen = await window.showErrorMessage(message, "Open Setting", other);
    if (chosen === "Open Setting") await commands.executeCommand("workbench.action.openSettings", "refract.server.path");
    if (chosen === "Try Again") await this.restart();
    if (chosen === "Show Output") this.log.show();
  }
}
