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

// How long a start may take before it counts as failed. The server needs milliseconds.
const kPatienceMs = 20_000;

// The library's client, whose failures to start and to stay are told by Server, in one sentence, and not twice.
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown, show?: boolean | "force"): void {
    super.error(message, data, show === "force" ? false : show);
  }
}

// The running server, or the knowledge that there is none. Starting never throws: what is wrong is told to the person.
export class Server implements Disposable {
  private client: LanguageClient | undefined;
  private process: ServerProcess | undefined;
  private giveUp: (problem: Error) => void = () => undefined;
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
      searchPath: env["PATH"] ?? "",
      folder,
      windows: platform === "win32",
    });
    if ("problem" in binary) {
      this.tellMissing(binary.problem);
      return;
    }
    this.log.info(`Starting ${binary.path} lsp --stdio`);
    const server = new ServerProcess(binary.path, folder);
    const failed = new Promise<never>((_, reject) => (this.giveUp = reject));
    const client = new QuietClient("refract", "Refract", () => server.launch(), this.clientOptions(binary.path));
    this.client = client;
    this.process = server;
    this.stateListener = client.onDidChangeState(({ newState }) => this.tellState(client, newState));
    const patience = setTimeout(() => this.giveUp(new Error(`no answer within ${kPatienceMs / 1000} s`)), kPatienceMs);
    try {
      await Promise.race([client.start(), failed]);
    } catch (problem) {
      this.log.error(`The server did not start: ${String(problem)}`);
      await this.stopNow();
      this.tellBroken(`Refract's server (${binary.path}) did not start.`);
    } finally {
      clearTimeout(patience);
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
      // One that crashed, or never answered, cannot be asked to stop.
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
        if (!wasReady) {
          this.giveUp(new Error("it ended before it answered"));
          return { action: CloseAction.DoNotRestart, handled: true };
        }
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
