#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "lsp/file_diagnostics.h"

namespace refract::lsp {

// The diagnostics of the schemas' current snapshots, each converted and written as text once, whether they are pushed,
// asked for or both. May be used from any thread; the second to want those of a snapshot waits for the first. Forgets
// what belongs to a snapshot that is gone. Written again when more is known of what the database rejects, or the
// client's settings changed.
class DiagnosticStore {
 public:
  void set_client_values(workspace::SettingValues values);
  std::shared_ptr<const SchemaDiagnostics> of(const Scope& scope);

 private:
  struct Entry {
    std::weak_ptr<const workspace::ProjectSnapshot> view;
    std::mutex mutex;
    std::shared_ptr<const SchemaDiagnostics> found;                      // nullptr: not computed yet
    std::shared_ptr<const std::vector<features::Rejection>> rejections;  // that `found` has
  };
  std::shared_ptr<Entry> entry_of(const std::shared_ptr<const workspace::ProjectSnapshot>& view);

  std::mutex mutex_;
  std::vector<std::shared_ptr<Entry>> entries_;
  workspace::SettingValues client_values_;
};

}  // namespace refract::lsp
