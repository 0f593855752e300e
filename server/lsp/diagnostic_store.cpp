#include "lsp/diagnostic_store.h"

namespace refract::lsp {

std::shared_ptr<DiagnosticStore::Entry> DiagnosticStore::entry_of(
    const std::shared_ptr<const workspace::ProjectSnapshot>& view) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(entries_, [](const std::shared_ptr<Entry>& entry) { return entry->view.expired(); });
  for (const std::shared_ptr<Entry>& entry : entries_) {
    if (entry->view.lock() == view) return entry;
  }
  auto entry = std::make_shared<Entry>();
  entry->view = view;
  entries_.push_back(entry);
  return entry;
}

std::shared_ptr<const SchemaDiagnostics> DiagnosticStore::of(const Scope& scope) {
  const auto entry = entry_of(scope.view);
  workspace::SettingValues values = scope.view->project().settings.values;
  {
    const std::scoped_lock lock(mutex_);
    values.insert(client_values_.begin(), client_values_.end());
  }
  const std::scoped_lock lock(entry->mutex);
  auto rejections = scope.view->rejections();
  if (!entry->found || entry->rejections != rejections) {
    entry->found = std::make_shared<const SchemaDiagnostics>(diagnostics_of(scope, values));
    entry->rejections = std::move(rejections);
  }
  return entry->found;
}

void DiagnosticStore::set_client_values(workspace::SettingValues values) {
  const std::scoped_lock lock(mutex_);
  client_values_ = std::move(values);
  entries_.clear();
}

}  // namespace refract::lsp
