#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/samples.h"
#include "support/wire_client.h"
#include "text/document.h"

namespace refract::bench {

using test::Json;

// What the server is told about its client.
enum class Client { vs_code, declares_nothing };

// A language server with one schema file open, and its client's clock.
class Session {
 public:
  // Starts `command` and opens `schema`, a file on disk. Throws std::runtime_error where the server does not answer.
  Session(const std::vector<std::string>& command, const std::filesystem::path& schema,
          Client client = Client::vs_code);

  // From before the process is made until the answer to `initialize` is here.
  double start_milliseconds() const { return start_milliseconds_; }
  std::size_t peak_memory_kib() const { return process_.peak_memory_kib(); }
  const text::Document& document() const { return document_; }
  // Those that were published last for the document.
  const Json& diagnostics() const { return diagnostics_; }

  // Sends one edit as the server wants it (the piece that changed, or the whole text), and waits for the first
  // diagnostics that differ from those before. nullopt: none came in time.
  std::optional<double> change(const text::Edit& edit);
  // Sends a request about the open document (`textDocument` is added). nullopt: an error, nothing found
  // (formatting may find nothing to change), or no answer in time.
  std::optional<double> request(std::string_view method, Json params);
  Json position(text::Offset offset) const;

 private:
  Json receive();
  Json wait_for_answer(std::int64_t id);

  std::string uri_;
  text::Document document_;
  Clock::time_point begin_ = Clock::now();
  test::Process process_;
  test::WireClient client_;
  double start_milliseconds_ = 0;
  bool incremental_ = false;
  int version_ = 1;
  Json diagnostics_;
};

}  // namespace refract::bench
