// Bundles the extension into dist/extension.js, or with --tests every unit test into dist/test/.
import { copyFileSync, existsSync, readdirSync, rmSync } from "node:fs";
import { build } from "esbuild";

const shared = { bundle: true, platform: "node", target: "node18", format: "cjs", logLevel: "warning" };

if (process.argv.includes("--tests")) {
  rmSync("dist/test", { recursive: true, force: true });
  const tests = readdirSync("test").filter((name) => name.endsWith(".test.ts"));
  await build({ ...shared, entryPoints: tests.map((name) => `test/${name}`), outdir: "dist/test", packages: "external" });
} else {
  await build({ ...shared, entryPoints: ["src/extension.ts"], outfile: "dist/extension.js", external: ["vscode"], minify: true });
  // The package contains the repository's licence, which is stored only once.
  const license = "../../LICENSE";
  if (existsSync(license)) copyFileSync(license, "LICENSE");
}
