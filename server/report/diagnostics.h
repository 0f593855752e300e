#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/json.h"
#include "schema/snapshot.h"
#include "validation/core/diagnostic.h"

namespace refract::report {

// A diagnostic's facts as the flat JSON object that LSP's `data` and `check --format json` carry.
protocol::Json facts(const validation::Diagnostic& diagnostic);

std::string_view severity_name(validation::Severity severity);  // "error", "warning"

// Message and help in one text.
std::string sentence_of(const validation::Diagnostic& diagnostic);

// {"files": […], "diagnostics": […]} as in docs/commands.md: byte offsets, ranges 0-based in UTF-16 units. If there are
// more than kMaxDiagnostics, only that many are listed; "omitted" is the number of the others.
protocol::Json diagnostics_json(const schema::Snapshot& snapshot,
                                const std::vector<validation::Diagnostic>& diagnostics);

// The same for any number of schemas; "schemas" lists the files of each and the Prisma version that reads it:
// [{"files": […], "prisma": 6, "reason": "from prisma ^6.2.1 in package.json"}].
protocol::Json empty_schemas_json();
void add_schema_json(protocol::Json& all, const schema::Snapshot& snapshot, std::string_view version_reason,
                     const std::vector<validation::Diagnostic>& diagnostics);

// One diagnostic a paragraph: place, severity, message, the source line underlined, help. Colours only when asked.
std::string diagnostics_text(const schema::Snapshot& snapshot, const std::vector<validation::Diagnostic>& diagnostics,
                             bool colour);

// "Prisma 6, from prisma ^6.2.1 in package.json": which version of Prisma reads a schema, and why.
std::string version_text(schema::PrismaVersion version, std::string_view reason);

// "2 errors and 1 warning in 3 files", "no diagnostics in 1 file".
std::string diagnostics_total(const schema::Snapshot& snapshot, const std::vector<validation::Diagnostic>& diagnostics);

}  // namespace refract::report
