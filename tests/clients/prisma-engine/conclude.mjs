// node conclude.mjs 6|7 SOCKET_FOLDER DATABASE MIGRATIONS SCHEMA: prints what Prisma's engine concludes from a database's
// record, as JSON: the result of diagnoseMigrationHistory, and what `prisma migrate dev` would do (devDiagnostic).
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// The packages are in a cache outside the checkout.
const require = createRequire(path.join(process.env.REFRACT_PRISMA_ENGINE, 'package.json'));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { PrismaPg } = await load('@prisma/adapter-pg');
const { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } = await load('@prisma/driver-adapter-utils');

const [version, socket, database, migrations, schema] = process.argv.slice(2);
const port = Number(process.env.PGPORT ?? 5432);
const config = (name) => ({ host: socket, port, user: 'postgres', database: name });
const kChar = 18; // the type "char", which the adapter does not support

async function connect(name) {
  const connection = await new PrismaPg(config(name)).connect();
  const performIO = connection.performIO.bind(connection);
  let chars = [];
  connection.performIO = async (query) => {
    let result = await performIO(query);
    if (Array.isArray(result)) result = result.at(-1);
    chars = result.fields.flatMap((field, at) => (field.dataTypeID === kChar ? [at] : []));
    result.fields = result.fields.map((field) => (field.dataTypeID === kChar ? { name: field.name, dataTypeID: 1042 } : field));
    return result;
  };
  const queryRaw = connection.queryRaw.bind(connection);
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const at of chars) result.columnTypes[at] = ColumnTypeEnum.Character;
    return result;
  };
  connection.executeScript = async (script) => { await connection.underlyingDriver().query(script); };
  return connection;
}

let shadows = 0;
const factory = {
  provider: 'postgres',
  adapterName: '@prisma/adapter-pg',
  connect: () => connect(database),
  connectToShadowDb: async () => {
    const name = `shadow_${process.pid}_${++shadows}`;
    const admin = await connect(database);
    await admin.executeScript(`CREATE DATABASE "${name}"`);
    const connection = await connect(name);
    const dispose = connection.dispose.bind(connection);
    connection.dispose = async () => {
      await dispose();
      await admin.executeScript(`DROP DATABASE "${name}"`);
      await admin.dispose();
    };
    return connection;
  },
};

const glue = require.resolve(`engine${version}`).replace(/schema_engine\.js$/, 'schema_engine_bg.js');
const bindings = await import(pathToFileURL(glue).href);
const module = new WebAssembly.Module(fs.readFileSync(glue.replace(/\.js$/, '.wasm')));
const imports = Object.fromEntries(WebAssembly.Module.imports(module).map((one) => [one.module, bindings]));
const instance = new WebAssembly.Instance(module, imports);
bindings.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();

const names = fs.readdirSync(migrations).filter((name) => fs.existsSync(path.join(migrations, name, 'migration.sql'))).sort();
const migrationsList = {
  baseDir: migrations,
  shadowDbInitScript: '',
  lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
  migrationDirectories: names.map((name) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: fs.readFileSync(path.join(migrations, name, 'migration.sql'), 'utf8') } },
  })),
};
const filters = { externalTables: [], externalEnums: [] };
// Prisma 7 does not allow a url in the datasource.
const text = fs.readFileSync(schema, 'utf8');
const files = [['schema.prisma', version === '7' ? text.replace(/^ *url *=.*$/m, '') : text]];

async function ask(method, input) {
  const engine = await bindings.SchemaEngine.new({ datamodels: files }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
  try {
    return await engine[method](input);
  } catch (error) {
    return { error: String(error?.message ?? error) };
  }
}

const diagnosis = await ask('diagnoseMigrationHistory', { migrationsList, optInToShadowDatabase: false, filters });
const dev = await ask('devDiagnostic', { migrationsList, filters });
console.log(JSON.stringify({ diagnosis, dev }));
process.exit(0);
