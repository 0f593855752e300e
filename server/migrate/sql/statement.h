#pragma once

#include <string_view>
#include <vector>

#include "catalog/step.h"

namespace refract::migrate {

// One SQL statement: several steps where one ALTER TABLE carries several actions.
struct Statement {
  std::vector<catalog::Step> steps;
  bool qualified = false;  // Prisma names the schema here even where it is "public"
};

// What Prisma puts under one `-- AlterTable` heading.
struct Group {
  std::string_view title;  // "CreateTable", "AlterEnum", …
  std::vector<Statement> statements;
  bool transaction = false;  // between BEGIN; and COMMIT; (Prisma's enum swap)
};

}  // namespace refract::migrate
