import "dotenv/config";
import path from "node:path";
import { defineConfig, env } from "prisma/config";

const folder = "db";
export default defineConfig({
  schema: path.join(folder, "schema.prisma"),
  migrations: { path: `db/migrations` },
  datasource: { url: env("DATABASE_URL"), directUrl: process.env.DIRECT_URL ?? process.env["X"] || "y" },
});
