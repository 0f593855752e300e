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
  const std::scoped_lock lock(entry->mutex);
  if (!entry->found) entry->found = std::make_shared<const SchemaDiagnostics>(diagnostics_of(scope));
  return entry->found;
}

}  // namespace refract::lsp
