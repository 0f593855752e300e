#include "lsp/migration_commands.h"

#include "features/migration/migration.h"
#include "lsp/commands.h"
#include "lsp/uri.h"
#include "operations/migration.h"
#include "operations/target.h"
#include "protocol/lsp/window.h"
#include "report/errors.h"
#include "report/migrations.h"

namespace refract::lsp {
namespace {

using protocol::ErrorCode;
using protocol::Json;
using protocol::Result;

std::unexpected<protocol::ResponseError> failed(const Error& error) {
  return protocol::fail(
      error.code == refract::ErrorCode::cancelled ? ErrorCode::request_cancelled : ErrorCode::request_failed,
      report::error_sentence(error));
}

std::string uri_argument(const Json& argument) {
  if (argument.is_string()) return argument.get<std::string>();
  if (argument.is_object() && argument.contains("uri") && argument["uri"].is_string()) return argument["uri"];
  return {};
}

Result<void> require_valid(const workspace::ProjectSnapshot& view) {
  if (const auto notice = workspace::other_language_notice(view.snapshot())) {
    return protocol::fail(ErrorCode::request_failed, *notice);
  }
  if (!view.analysis().has_errors()) return {};
  return protocol::fail(ErrorCode::request_failed,
                        "The schema has errors; correct them, then ask for the migration again.");
}

// The history of a view, read now where the background has not brought it yet. Errors: request_failed.
Result<std::shared_ptr<const workspace::HistoryState>> history_of(const workspace::ProjectSnapshot& view) {
  auto state = view.history();
  if (!state) state = std::make_shared<const workspace::HistoryState>(workspace::load_history(view));
  if (!*state) return failed(state->error());
  return state;
}

}  // namespace

MigrationCommands::MigrationCommands(protocol::Session& session, Context& context, HistoryLoader& histories)
    : session_(session), context_(context), histories_(histories) {}

void MigrationCommands::execute(const protocol::ExecuteCommandParams& params, const protocol::RequestContext& context,
                                Reply reply) {
  const Json argument = params.arguments && !params.arguments->empty() ? params.arguments->front() : Json(nullptr);
  if (params.command == kPreviewCommand) return preview(argument, std::move(reply));
  if (params.command == kGenerateCommand) return generate(argument, std::move(reply));
  if (params.command == kRenameCommand) return choose_rename(argument, std::move(reply));
  if (params.command == kCastCommand) return choose_cast(argument, std::move(reply));
  if (params.command == kVerifyCommand) return verify(argument, context, std::move(reply));
  reply(protocol::fail(ErrorCode::invalid_params, "unknown command " + params.command));
}

void MigrationCommands::folder_changed(const std::string& file) {
  session_.post([this, file] {
    context_.host.file_changed(file);
    histories_.load();
  });
}

void MigrationCommands::preview(const Json& argument, Reply reply) {
  auto request = context_.begin(uri_argument(argument));
  if (!request) return reply(protocol::fail(request.error()));
  session_.background([view = request->scope.view, reply = std::move(reply)](std::stop_token) mutable {
    if (auto valid = require_valid(*view); !valid) return reply(protocol::fail(valid.error()));
    const auto history = history_of(*view);
    if (!history) return reply(protocol::fail(history.error()));
    const auto pending = operations::pending(***history, view->snapshot());
    if (!pending) return reply(failed(pending.error()));
    reply(Json{{"sql", pending->next.sql},
               {"downSql", pending->next.down.sql},
               {"summary", features::migration_summary(pending->next)},
               {"hazards", report::hazards_json(pending->next.hazards)},
               {"steps", pending->next.summary.size()},
               {"milliseconds", pending->milliseconds}});
  });
}

void MigrationCommands::generate(const Json& argument, Reply reply) {
  auto request = context_.begin(uri_argument(argument));
  if (!request) return reply(protocol::fail(request.error()));
  std::string name;
  if (argument.is_object() && argument.contains("name") && argument["name"].is_string()) name = argument["name"];
  const auto named = request->settings.find("migrations.naming");
  const bool by_date = named != request->settings.end() && named->second == "date";
  const auto naming = by_date ? migrate::Naming::date : migrate::Naming::timestamp;
  session_.background([this, view = request->scope.view, name, naming,
                       cache = histories_.cache_of(request->scope.view->project().migrations),
                       uris = context_.client.uris, reply = std::move(reply)](std::stop_token) mutable {
    if (auto valid = require_valid(*view); !valid) return reply(protocol::fail(valid.error()));
    // The folder as it is on disk now: someone may have pulled a migration a moment ago.
    const auto history = workspace::load_history(*view, cache.get());
    if (!history) return reply(failed(history.error()));
    const auto pending = operations::pending(*history, view->snapshot());
    if (!pending) return reply(failed(pending.error()));
    const auto written = operations::write_next(*history, pending->next, name, naming);
    if (!written) return reply(failed(written.error()));

    const std::string sql_uri = uris.of(written->sql_path.string());
    Json files = Json::array();
    for (const std::filesystem::path& part : written->before) {
      files.push_back(uris.of((part / "migration.sql").string()));
      files.push_back(uris.of((part / "down.sql").string()));
    }
    files.push_back(sql_uri);
    files.push_back(uris.of(written->down_path.string()));
    reply(Json{{"folder", written->folder.string()},
               {"name", written->name},
               {"files", std::move(files)},
               {"summary", features::migration_summary(pending->next)},
               {"hazards", report::hazards_json(pending->next.hazards)}});
    session_.post([this, sql_uri, path = written->sql_path.string()] {
      context_.host.file_changed(path);
      histories_.load();
      if (!context_.client.show_document) return;
      protocol::ShowDocumentParams params;
      params.uri = sql_uri;
      params.takeFocus = true;
      session_.request<Json>("window/showDocument", params, [](const Result<Json>&) {});
    });
  });
}

void MigrationCommands::choose_rename(const Json& argument, Reply reply) {
  auto request = context_.begin(uri_argument(argument));
  if (!request) return reply(protocol::fail(request.error()));
  const auto word = [&](const char* name) {
    return argument.is_object() && argument.contains(name) && argument[name].is_string()
               ? argument[name].get<std::string>()
               : std::string();
  };
  migrate::RenameRequest rename{word("from"), word("to")};
  if (rename.from.empty() || rename.to.empty()) {
    return reply(protocol::fail(ErrorCode::invalid_params, "a rename has a `from` and a `to`"));
  }
  session_.background([this, view = request->scope.view, rename, uris = context_.client.uris,
                       reply = std::move(reply)](std::stop_token) mutable {
    const std::filesystem::path& folder = view->project().migrations;
    if (auto noted = migrate::note_rename(folder, rename, migrated(*view)); !noted) return reply(failed(noted.error()));
    const std::string file = (folder / migrate::kRenameNotes).string();
    folder_changed(file);
    reply(Json{{"file", uris.of(file)}});
  });
}

void MigrationCommands::choose_cast(const Json& argument, Reply reply) {
  auto request = context_.begin(uri_argument(argument));
  if (!request) return reply(protocol::fail(request.error()));
  if (!argument.contains("column") || !argument["column"].is_string()) {
    return reply(protocol::fail(ErrorCode::invalid_params, "a cast has a `column`"));
  }
  session_.background([this, folder = request->scope.view->project().migrations,
                       column = argument["column"].get<std::string>(), uris = context_.client.uris,
                       reply = std::move(reply)](std::stop_token) mutable {
    if (auto noted = migrate::note_cast(folder, column); !noted) return reply(failed(noted.error()));
    const std::string file = (folder / migrate::kRenameNotes).string();
    folder_changed(file);
    reply(Json{{"file", uris.of(file)}});
  });
}

void MigrationCommands::verify(const Json& argument, const protocol::RequestContext& context, Reply reply) {
  auto found = context_.view_of(uri_argument(argument));
  if (!found) return reply(protocol::fail(found.error()));
  auto progress = std::make_shared<protocol::Progress>(
      session_.progress(context.work_done_token, "Verifying the migration", {.cancellable = true}));
  session_.background([view = *found, progress, cancelled = context.stop,
                       reply = std::move(reply)](std::stop_token ending) mutable {
    if (auto valid = require_valid(*view); !valid) return reply(protocol::fail(valid.error()));
    const auto history = workspace::load_history(*view);
    if (!history) return reply(failed(history.error()));
    // Three may call it off: $/cancelRequest, the progress's cancel button, and the end of the session.
    std::stop_source stop;
    const auto call_off = [&stop] { stop.request_stop(); };
    const std::stop_callback by_request(cancelled, call_off);
    const std::stop_callback by_button(progress->stop(), call_off);
    const std::stop_callback by_end(ending, call_off);
    const auto place = operations::verify_place(std::nullopt, view->project(), view->snapshot());
    if (!place) return reply(failed(place.error()));
    const auto report = operations::verify(
        *history, view->snapshot(), [&](const std::string& what) { progress->report(what); }, stop.get_token(), *place);
    progress->end();
    if (!report) return reply(failed(report.error()));
    reply(Json{{"ok", report->ok()}, {"summary", report::verify_markdown(*report)}});
  });
}

}  // namespace refract::lsp
