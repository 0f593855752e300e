#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "lsp/diagnostic_store.h"
#include "protocol/session.h"

namespace refract::lsp {

// Pushes the diagnostics of schemas to a client that does not ask for them, and has one that does ask again where those
// of files changed that it did not edit. Used on the strand. Reads no file: it gets the schemas as values.
class DiagnosticPublisher {
 public:
  // `client` is filled by `initialize`, before the first publish().
  DiagnosticPublisher(protocol::Session& session, const ClientSupport& client, DiagnosticStore& store);

  // `schemas`: all that the client is to know of. Nothing is done for one whose diagnostics are the same as the
  // last time, unless one of its documents is in `edited` (paths): clients and their users wait for the verdict on what
  // they typed.
  void publish(const std::vector<std::shared_ptr<const workspace::ProjectSnapshot>>& schemas,
               const std::set<std::string>& edited);
  // How long the last analysis took, with the conversion of its diagnostics.
  double analysis_milliseconds() const { return analysis_milliseconds_; }

 private:
  struct Known {
    std::shared_ptr<const workspace::ProjectSnapshot> view;
    std::shared_ptr<const SchemaDiagnostics> diagnostics;
  };

  // The files with published diagnostics that no schema has any more.
  std::vector<FileDiagnostics> gone(const std::vector<Known>& now,
                                    const std::map<std::string, const FileDiagnostics*>& changed) const;
  // `news`: what the client shows is old.
  void push(const FileDiagnostics& found, bool news);

  protocol::Session& session_;
  const ClientSupport& client_;
  DiagnosticStore& store_;
  std::vector<Known> known_;                      // of the last publish()
  std::map<std::string, std::string> published_;  // by URI: the diagnostics as text, of files that have any
  std::set<std::string> pushed_;                  // URIs of files with diagnostics that were pushed
  double analysis_milliseconds_ = 0;
};

}  // namespace refract::lsp
