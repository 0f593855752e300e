// Controls VS Code's workbench in Chromium: starts it, reads its contents and presses keys.
"use strict";
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const net = require("node:net");
const path = require("node:path");
const { chromium } = require("playwright-core");

const kPatienceMs = 30_000;

// Polls `look` until it returns something true, and returns that. Fails with `what` and `describe()` after a timeout.
async function until(what, look, describe = async () => "", patience = kPatienceMs) {
  const end = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${patience / 1000} s in vain for ${what}\n${await describe()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

// Retries a key press without effect, as a user does: `act`, poll for a while, repeat.
async function urge(what, act, look, describe) {
  let acted = 0;
  return until(what, async () => {
    const found = await look();
    if (!found && Date.now() - acted > 4000) {
      acted = Date.now();
      await act();
    }
    return found;
  }, describe);
}

async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const kSettings = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.colorTheme": "Default Dark Modern",
  "window.commandCenter": false,
  "chat.commandCenter.enabled": false,
  "chat.disableAIFeatures": true,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "editor.minimap.enabled": false,
  "files.autoSave": "off",
  "editor.codeActionsOnSave": { "source.fixAll.refract": "explicit" },
};

function writeJson(file, value) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify(value, null, 2));
}

class Workbench {
  static async open({ server, work, folder, screenshots, settings }) {
    const self = new Workbench();
    self.screenshots = screenshots;
    self.machineSettings = path.join(work, "user/Machine/settings.json");
    writeJson(path.join(work, "user/User/settings.json"), kSettings);
    self.changeSettings(settings);
    const port = await freePort();
    self.log = fs.openSync(path.join(work, "code-server.log"), "w");
    self.process = spawn(
      process.execPath,
      [server, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--user-data-dir", path.join(work, "user"),
        "--extensions-dir", path.join(work, "extensions"), "--disable-telemetry", "--disable-update-check",
        "--disable-workspace-trust", "--disable-getting-started-override", folder],
      { stdio: ["ignore", self.log, self.log], detached: true },
    );
    await until("code-server to listen", () => new Promise((resolve) => {
      const socket = net.connect(port, "127.0.0.1", () => resolve(socket.end()));
      socket.on("error", () => resolve(undefined));
    }));
    self.browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
    self.page = await self.browser.newPage({ viewport: { width: 1360, height: 820 } });
    await self.page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`);
    await self.page.waitForSelector(".monaco-workbench", { timeout: kPatienceMs });
    await self.page.waitForSelector(".explorer-folders-view .monaco-list-row", { timeout: kPatienceMs });
    return self;
  }

  // In a browser, machine-scoped settings are those of the machine on which the extensions run.
  changeSettings(settings) {
    writeJson(this.machineSettings, settings);
  }

  async close() {
    await this.browser?.close();
    if (this.process !== undefined) {
      const ended = new Promise((resolve) => this.process.once("exit", resolve));
      // A process group of its own, so that the extension host and the language server end with it.
      process.kill(-this.process.pid, "SIGTERM");
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 5000))]);
    }
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  type(text) {
    return this.page.keyboard.type(text, { delay: 15 });
  }

  async quickInput(text) {
    await this.page.waitForSelector(".quick-input-widget:not([style*='display: none']) input", { timeout: kPatienceMs });
    await this.type(text);
  }

  async openFile(relative) {
    await this.press("Control+p");
    await this.quickInput(relative);
    const name = path.basename(relative);
    // The list first contains recently opened files, then the matches of what was typed.
    await until(`${relative} in the list`, async () =>
      (await this.texts(".quick-input-list .monaco-list-row.focused")).some((row) => row.includes(name)));
    await this.press("Enter");
    await until(`${name} in an editor`, async () => (await this.editorText(name)) !== "");
  }

  async runCommand(title) {
    await this.press("F1");
    await this.quickInput(title);
    await until(`the command ${title}`, async () => (await this.texts(".quick-input-list .monaco-list-row.focused")).some((row) => row.includes(title)));
    await this.press("Enter");
  }

  async goTo(line, column) {
    await this.press("Control+g");
    await this.quickInput(column === undefined ? `${line}` : `${line}:${column}`);
    await this.press("Enter");
    // Keys pressed while the input is closing would be lost.
    await this.page.waitForSelector(".quick-input-widget", { state: "hidden" });
  }

  // The texts of all matching elements, with normal spaces.
  async texts(selector) {
    const found = await this.page.$$eval(selector, (nodes) => nodes.map((node) => node.textContent ?? ""));
    return found.map((text) => text.replace(/[\u00a0\u00b7]/g, " ").replace(/[\u200b-\u200f]/g, ""));
  }

  // The visible lines of the editor that shows a file of this name, top to bottom.
  async editorText(name) {
    const lines = await this.page.$$eval(
      ".editor-instance",
      (editors, wanted) =>
        editors
          .filter((editor) => (editor.querySelector(".monaco-editor")?.getAttribute("data-uri") ?? "").split("?")[0].endsWith(wanted))
          .flatMap((editor) => [...editor.querySelectorAll(".view-line")])
          .map((line) => [line.getBoundingClientRect().top, line.textContent ?? ""]),
      name,
    );
    return lines
      .sort((a, b) => a[0] - b[0])
      .map(([, text]) => text.replace(/[\u00a0\u00b7]/g, " "))
      .join("\n");
  }

  notifications() {
    return this.texts(".notification-list-item-message");
  }

  async screenshot(name) {
    const file = path.join(this.screenshots, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }
}

module.exports = { Workbench, until, urge };
