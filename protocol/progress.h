#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "protocol/dispatcher.h"
#include "protocol/lsp/base.h"

namespace refract::protocol {

// Progress of one piece of work, shown by the client (LSP 3.17 "Work Done Progress"). Any thread may report. It ends by
// end() or its destruction; what is said after that is dropped. Where the client shows no progress, nothing is sent.
class Progress {
 public:
  Progress(Progress&&) noexcept = default;
  Progress& operator=(Progress&&) noexcept;
  ~Progress();

  // percentage: 0 to 100, never falling; nullopt where it is unknown.
  void report(std::string message, std::optional<std::uint32_t> percentage = std::nullopt);
  void end(std::string message = {});
  // Requested when the person presses the client's cancel button.
  std::stop_token stop() const;

  struct State;

 private:
  friend class ProgressRegistry;
  explicit Progress(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

}  // namespace refract::protocol
