#include "protocol/lifecycle.h"

#include "support/catch.h"

using namespace refract::protocol;

namespace {

std::optional<ErrorCode> refusal(Lifecycle& lifecycle, const char* method) {
  auto error = lifecycle.admit_request(method);
  return error ? std::optional(error->code) : std::nullopt;
}

void initialize(Lifecycle& lifecycle) {
  REQUIRE_FALSE(refusal(lifecycle, "initialize"));
  lifecycle.initialize_answered(true);
}

}  // namespace

TEST_CASE("lifecycle: before initialize", "[protocol]") {
  Lifecycle lifecycle;
  CHECK(refusal(lifecycle, "textDocument/hover") == ErrorCode::server_not_initialized);
  CHECK(refusal(lifecycle, "shutdown") == ErrorCode::server_not_initialized);
  CHECK_FALSE(lifecycle.admit_notification("textDocument/didOpen"));
  CHECK(lifecycle.state() == Lifecycle::State::created);
}

TEST_CASE("lifecycle: while initialize is being answered", "[protocol]") {
  Lifecycle lifecycle;
  CHECK_FALSE(refusal(lifecycle, "initialize"));
  CHECK(refusal(lifecycle, "textDocument/hover") == ErrorCode::server_not_initialized);
  CHECK(refusal(lifecycle, "initialize") == ErrorCode::invalid_request);
  CHECK_FALSE(lifecycle.admit_notification("initialized"));
}

TEST_CASE("lifecycle: a failed initialize may be tried again", "[protocol]") {
  Lifecycle lifecycle;
  CHECK_FALSE(refusal(lifecycle, "initialize"));
  lifecycle.initialize_answered(false);
  CHECK(refusal(lifecycle, "textDocument/hover") == ErrorCode::server_not_initialized);
  CHECK_FALSE(refusal(lifecycle, "initialize"));
}

TEST_CASE("lifecycle: running, once", "[protocol]") {
  Lifecycle lifecycle;
  initialize(lifecycle);
  CHECK_FALSE(refusal(lifecycle, "textDocument/hover"));
  CHECK(lifecycle.admit_notification("initialized"));
  CHECK(refusal(lifecycle, "initialize") == ErrorCode::invalid_request);
  CHECK(lifecycle.exit_code() == 1);
}

TEST_CASE("lifecycle: after shutdown", "[protocol]") {
  Lifecycle lifecycle;
  initialize(lifecycle);
  CHECK_FALSE(refusal(lifecycle, "shutdown"));
  CHECK(refusal(lifecycle, "textDocument/hover") == ErrorCode::invalid_request);
  CHECK(refusal(lifecycle, "shutdown") == ErrorCode::invalid_request);
  CHECK_FALSE(lifecycle.admit_notification("textDocument/didChange"));
  CHECK(lifecycle.admit_notification("exit"));
  CHECK(lifecycle.state() == Lifecycle::State::exited);
  CHECK(lifecycle.exit_code() == 0);
}

TEST_CASE("lifecycle: exit without shutdown is 1, at any time", "[protocol]") {
  Lifecycle fresh;
  CHECK(fresh.admit_notification("exit"));
  CHECK(fresh.exit_code() == 1);

  Lifecycle running;
  initialize(running);
  running.client_gone();
  CHECK(running.exit_code() == 1);

  Lifecycle polite;
  initialize(polite);
  CHECK_FALSE(refusal(polite, "shutdown"));
  polite.client_gone();
  CHECK(polite.exit_code() == 0);
  polite.client_gone();
  CHECK(polite.exit_code() == 0);
}
