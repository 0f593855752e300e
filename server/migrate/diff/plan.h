#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/step.h"
#include "migrate/diff/cast_choice.h"
#include "migrate/diff/kept.h"
#include "migrate/diff/managed_scope.h"
#include "migrate/diff/rename.h"
#include "migrate/sql/spelling.h"
#include "migrate/sql/statement.h"
#include "schema/connector.h"

namespace refract::migrate {

// An ordered way from one catalog to another.
struct Plan {
  std::vector<Group> groups;
  std::size_t renames = 0;  // so many groups at the front carry out DiffOptions::renames, each of one step
  Spelling spelling = Spelling::escaped;
  std::vector<KeptObject> kept = {};           // what it leaves alone
  std::vector<RecreatedIndex> recreated = {};  // what was refined by hand and is lost

  bool empty() const { return groups.empty(); }
  std::vector<catalog::Step> steps() const;  // flat, in order
};

struct DiffOptions {
  schema::PrismaVersion version = schema::PrismaVersion::v6;
  // Prisma's SQL even where it drops what no schema describes, or is invalid in PostgreSQL (`--like-prisma`).
  bool like_prisma = false;
  // The schema may describe partial indexes (preview feature partialIndexes): those of a database are compared too.
  bool partial_indexes = false;
  // Renames in place of drops and additions (resolve_renames); what depends on them is renamed along.
  std::vector<Rename> renames = {};
  // Columns whose values are cast to their new type where Prisma drops and recreates the column (resolve_casts).
  std::vector<Cast> casts = {};
  // Filled from the configuration and the URL by whoever knows them.
  ManagedScope managed = {};
};

// The steps that lead from `from` to `to` in the order Prisma's engine emits them. Unmanaged objects and what
// no schema can express (expressible.h; checks, triggers…) are left alone unless options.like_prisma. plan(a, a) is
// empty; replay(plan(a, b).steps(), a) equals b in what schemas describe. A `from` without any schema (Catalog{}) is no
// database at all: its schemas are created too.
Plan plan(const catalog::Catalog& from, const catalog::Catalog& to, const DiffOptions& options);

// The SQL text of a plan, byte for byte in Prisma's form. An empty plan renders as
// "-- This is an empty migration." like Prisma's.
std::string render_sql(const Plan& plan);

// The plan that undoes `forward`, planned from `after` to `before`, each step labelled in the text by a comment
// where it cannot bring back what was lost.
enum class Reversal { lossless, lossy, impossible };
struct ReversePlan {
  Plan plan;
  std::string sql;  // the content of down.sql
  Reversal worst = Reversal::lossless;
  std::vector<std::string> losses;  // one sentence each, for the summary
};
ReversePlan reverse(const Plan& forward, const catalog::Catalog& before, const catalog::Catalog& after,
                    const DiffOptions& options);

}  // namespace refract::migrate
