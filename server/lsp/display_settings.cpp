#include "lsp/display_settings.h"

namespace refract::lsp {

DisplaySettings display_settings(const protocol::Json& settings) {
  DisplaySettings wanted;
  const auto read = [&](const char* group, const char* name, bool& value) {
    if (!settings.is_object()) return;
    const auto section = settings.find(group);
    if (section == settings.end() || !section->is_object()) return;
    const auto found = section->find(name);
    if (found != section->end() && found->is_boolean()) value = found->get<bool>();
  };
  read("inlayHints", "databaseType", wanted.hints.database_type);
  read("inlayHints", "referentialAction", wanted.hints.referential_action);
  read("inlayHints", "relationTable", wanted.hints.relation_table);
  read("inlayHints", "mappedName", wanted.hints.mapped_name);
  read("inlayHints", "constraintName", wanted.hints.constraint_name);
  read("codeLens", "pendingMigration", wanted.lenses.pending_migration);
  read("codeLens", "references", wanted.lenses.references);
  read("codeLens", "migrationFile", wanted.lenses.migration_file);
  return wanted;
}

}  // namespace refract::lsp
