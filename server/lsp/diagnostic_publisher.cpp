#include "lsp/diagnostic_publisher.h"

#include <algorithm>
#include <chrono>

#include "lsp/uri.h"

namespace refract::lsp {
namespace {

bool has_any(const schema::Snapshot& snapshot, const std::set<std::string>& paths) {
  return std::ranges::any_of(paths, [&](const std::string& path) { return snapshot.find_file(path).has_value(); });
}

}  // namespace

DiagnosticPublisher::DiagnosticPublisher(protocol::Session& session, const ClientSupport& client,
                                         DiagnosticStore& store)
    : session_(session), client_(client), store_(store) {}

void DiagnosticPublisher::publish(const std::vector<std::shared_ptr<const workspace::ProjectSnapshot>>& schemas,
                                  const std::set<std::string>& edited) {
  std::vector<Known> now;
  std::map<std::string, const FileDiagnostics*> changed;  // by URI
  const auto begin = std::chrono::steady_clock::now();
  for (const auto& view : schemas) {
    const auto same = std::ranges::find(known_, view, &Known::view);
    auto found = store_.of({view, client_});
    if (same != known_.end() && same->diagnostics == found && !has_any(view->snapshot(), edited)) {
      now.push_back(*same);
      continue;
    }
    now.push_back({view, std::move(found)});
    for (const FileDiagnostics& found : now.back().diagnostics->files) changed[found.uri] = &found;
  }
  if (!changed.empty()) {
    analysis_milliseconds_ =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  }
  // A document that is gone, closed alone or deleted, keeps no diagnostics.
  const std::vector<FileDiagnostics> without = gone(now, changed);
  for (const FileDiagnostics& nothing : without) changed.emplace(nothing.uri, &nothing);

  bool others_changed = false;
  for (const auto& [uri, found] : changed) {
    const std::string_view text = found->empty ? std::string_view() : std::string_view(found->items.text);
    std::string& before = published_[uri];
    const bool unchanged = before == text;
    const bool typed = edited.contains(path_of_uri(uri));
    others_changed |= !unchanged && !typed;
    if (text.empty()) {
      published_.erase(uri);
    } else if (!unchanged) {
      before = text;
    }
    push(*found, !unchanged || typed);
  }
  known_ = std::move(now);
  if (others_changed && client_.pulls && client_.diagnostic_refresh) {
    session_.request<protocol::Json>("workspace/diagnostic/refresh", [](const protocol::Result<protocol::Json>&) {});
  }
}

std::vector<FileDiagnostics> DiagnosticPublisher::gone(
    const std::vector<Known>& now, const std::map<std::string, const FileDiagnostics*>& changed) const {
  std::vector<FileDiagnostics> without;
  for (const Known& before : known_) {
    if (std::ranges::find(now, before.view, &Known::view) != now.end()) continue;
    for (const FileDiagnostics& file : before.diagnostics->files) {
      if (changed.contains(file.uri) || !published_.contains(file.uri)) continue;
      const bool remains = std::ranges::any_of(now, [&](const Known& one) {
        return std::ranges::find(one.diagnostics->files, file.uri, &FileDiagnostics::uri) !=
               one.diagnostics->files.end();
      });
      if (!remains) without.push_back({.uri = file.uri});
    }
  }
  return without;
}

void DiagnosticPublisher::push(const FileDiagnostics& found, bool news) {
  protocol::PublishDiagnosticsParams params{found.uri, found.version};
  if (client_.pulls && !found.never_asked_for && (client_.pulls_closed || found.version)) {
    // It was pushed while it was closed.
    if (pushed_.erase(found.uri) > 0) session_.notify("textDocument/publishDiagnostics", params);
    return;
  }
  if (!news && (found.empty || pushed_.contains(found.uri))) return;
  if (found.empty) {
    pushed_.erase(found.uri);
  } else {
    pushed_.insert(found.uri);
  }
  params.diagnostics = found.items;
  session_.notify("textDocument/publishDiagnostics", params);
}

}  // namespace refract::lsp
