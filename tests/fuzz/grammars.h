#pragma once

#include "fuzz/generator.h"

namespace refract::fuzz {

// "schema": a file of a Prisma schema, valid or with mistakes; "piece": what someone may type or paste into one.
const Grammar& schema_grammar();

// "script": a migration.sql, whose statements are of few names, so that they refer to each other and clash.
const Grammar& sql_grammar();

}  // namespace refract::fuzz
