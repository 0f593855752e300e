#include "lsp/code_lenses.h"

#include "features/migration/migration.h"
#include "features/migration/migration_lenses.h"
#include "features/reference_lenses.h"
#include "lsp/commands.h"
#include "lsp/migration_command.h"
#include "lsp/uri.h"
#include "report/diagnostics.h"

namespace refract::lsp {
namespace {

using protocol::CodeLens;

// A lens without a command: text only.
CodeLens sign(protocol::Range range, std::string title) {
  return {range, protocol::Command{std::move(title), "", std::nullopt}, std::nullopt};
}

void add_pending(const Request& request, const std::string& uri, std::vector<CodeLens>& lenses) {
  const migrate::NextMigration* next = request.scope.view->next_migration();
  if (next == nullptr) return;
  const auto lens = features::migration_lens(request.snapshot(), *next);
  if (!lens || lens->at.file != request.file) return;
  const protocol::Range range = request.scope.range(lens->at);
  if (lens->changes == 0) {
    lenses.push_back(sign(range, lens->title));
    return;
  }
  lenses.push_back(
      {range, migration_command(request.scope, false, lens->title + ": preview migration", uri), std::nullopt});
  lenses.push_back({range, migration_command(request.scope, true, "generate migration", uri), std::nullopt});
}

// The version in force, over the datasource: what cannot be seen in the schema decides how it is read.
void add_version(const Request& request, std::vector<CodeLens>& lenses) {
  const schema::Datasource* datasource = request.snapshot().datasource();
  if (datasource == nullptr) return;
  const schema::FileRange at = request.snapshot().place_of(*datasource->block, datasource->block->header_range);
  if (at.file != request.file) return;
  const schema::PrismaVersion version = request.snapshot().options().version;
  lenses.push_back(sign(request.scope.range(at), report::version_text(version, request.scope.view->version_reason())));
}

void add_references(const Request& request, const std::string& uri, std::vector<CodeLens>& lenses) {
  for (const features::ReferenceLens& found : features::reference_lenses(request.snapshot(), request.file)) {
    const protocol::Range range = request.scope.range({request.file, found.at});
    CodeLens lens = sign(range, std::to_string(found.count) + (found.count == 1 ? " reference" : " references"));
    if (request.scope.client.client_commands) {
      lens.command->command = kClientReferencesCommand;
      lens.command->arguments.emplace().push_back(
          protocol::Json{{"uri", uri}, {"position", protocol::encode(range.start)}});
    }
    lenses.push_back(std::move(lens));
  }
}

std::vector<CodeLens> schema_lenses(const Request& request, const std::string& uri) {
  std::vector<CodeLens> lenses;
  if (request.display().lenses.pending_migration) add_pending(request, uri, lenses);
  if (request.display().lenses.references) add_references(request, uri, lenses);
  // With the other lenses of the datasource.
  if (request.display().lenses.pending_migration) add_version(request, lenses);
  return lenses;
}

std::size_t hash_of_titles(const std::vector<CodeLens>& lenses) {
  std::string titles;
  for (const CodeLens& lens : lenses) titles += lens.command->title + '\n';
  return std::hash<std::string>{}(titles);
}

}  // namespace

CodeLenses::CodeLenses(protocol::Session& session, Context& context) : session_(session), context_(context) {}

std::vector<CodeLens> CodeLenses::of_schema(const Request& request, const std::string& uri) {
  std::vector<CodeLens> lenses = schema_lenses(request, uri);
  sent_.keep(path_of_uri(uri), hash_of_titles(lenses));
  return lenses;
}

std::vector<CodeLens> CodeLenses::of_migration(const SqlRequest& request, const std::string& uri) {
  std::vector<CodeLens> lenses;
  if (!request.display().lenses.migration_file) return lenses;
  const auto before = request.view->catalog_before(request.name);
  if (before == nullptr) return lenses;
  for (features::MigrationFileLens& found : features::migration_file_lenses(request.text.text(), *before)) {
    CodeLens lens = sign(request.range(found.at), std::move(found.title));
    // A lens is on one line.
    lens.range.end = lens.range.start;
    if (found.verifies) {
      lens.command->command = request.client.client_commands ? kClientVerifyCommand : kVerifyCommand;
      auto& arguments = lens.command->arguments.emplace();
      if (request.client.client_commands) {
        arguments.emplace_back(uri);
      } else {
        arguments.push_back(protocol::Json{{"uri", uri}});
      }
    }
    lenses.push_back(std::move(lens));
  }
  return lenses;
}

void CodeLenses::check(const std::set<std::string>& edited) {
  if (!context_.client.code_lens_refresh || checking_) return;
  std::vector<std::pair<std::string, Request>> others;
  for (const std::string& path : context_.host.open_documents()) {
    if (edited.contains(path) || !sent_.knows(path)) continue;
    auto request = context_.begin(context_.client.uris.of(path));
    if (request && request->snapshot().files().size() > 1) others.emplace_back(path, std::move(*request));
  }
  if (others.empty()) return;
  // One at a time, however fast edits come: what came meanwhile is looked at afterwards.
  checking_ = true;
  session_.background([this, others = std::move(others), edited, state = context_.state.load()](std::stop_token) {
    bool changed = false;
    for (const auto& [path, request] : others)
      changed |= sent_.keep(path, hash_of_titles(schema_lenses(request, request.scope.uri(request.file))));
    session_.post([this, edited, state, changed] {
      checking_ = false;
      if (changed) refresh();
      if (context_.state != state) check(edited);
    });
  });
}

void CodeLenses::refresh() {
  if (!context_.client.code_lens_refresh) return;
  session_.request<protocol::Json>("workspace/codeLens/refresh", [](const protocol::Result<protocol::Json>&) {});
}

}  // namespace refract::lsp
