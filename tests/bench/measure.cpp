#include "bench/measure.h"

#include <algorithm>
#include <functional>

#include "bench/session.h"

namespace refract::bench {
namespace {

constexpr int kStarts = 5;
// Before anything counts: compilers at run time and caches have seen the request.
constexpr int kWarmUps = 5;

Row run(std::string name, int repeat, const std::function<std::optional<double>()>& once) {
  Row row{.name = std::move(name), .samples = {}};
  const auto begin = Clock::now();
  for (int round = -std::min(kWarmUps, repeat); round < repeat; ++round) {
    const auto milliseconds = once();
    if (!milliseconds) return {.name = std::move(row.name), .samples = {}};
    if (round >= 0) row.samples.add(*milliseconds);
    if (round >= 0 && Clock::now() - begin > kLongestRow) break;
  }
  return row;
}

}  // namespace

Measured measure(const std::vector<std::string>& command, const std::filesystem::path& schema, const Places& places,
                 int repeat) {
  Measured measured;
  for (int round = 1; round < std::min(kStarts, repeat); ++round)
    measured.start.add(Session(command, schema).start_milliseconds());
  Session session(command, schema);
  measured.start.add(session.start_milliseconds());

  bool broken = false;
  const auto keystroke = [&](text::Offset at) {
    const text::Edit edit = broken ? text::Edit{{at, at + 1}, ""} : text::Edit{{at, at}, "x"};
    broken = !broken;
    return session.change(edit);
  };
  const auto type_after = [&](const char* name, text::Offset at) {
    measured.rows.push_back(run(name, repeat, [&] { return keystroke(at); }));
    if (broken) keystroke(at);
  };
  type_after("keystroke to diagnostics", places.scalar_type.end);
  type_after("keystroke, most named model", places.hub_type.end);

  const Json reference = session.position(places.reference.begin);
  const auto request = [&](const char* name, const char* method, const Json& params) {
    measured.rows.push_back(run(name, repeat, [&] { return session.request(method, params); }));
  };
  const Json completion = {{"position", session.position(places.scalar_type.begin)}, {"context", {{"triggerKind", 1}}}};
  request("completion", "textDocument/completion", completion);
  {
    Session plain(command, schema, Client::declares_nothing);
    measured.rows.push_back(
        run("completion, plain client", repeat, [&] { return plain.request("textDocument/completion", completion); }));
  }
  // Only the request is timed.
  measured.rows.push_back(run("symbols after an edit", repeat, [&]() -> std::optional<double> {
    if (!keystroke(places.scalar_type.end)) return std::nullopt;
    return session.request("textDocument/documentSymbol", Json::object());
  }));
  if (!broken) keystroke(places.scalar_type.end);
  const Json range = {{"start", session.position(places.scalar_type.begin)},
                      {"end", session.position(places.scalar_type.end)}};
  request("code actions", "textDocument/codeAction",
          {{"range", range}, {"context", {{"diagnostics", session.diagnostics()}}}});
  if (broken) keystroke(places.scalar_type.end);
  request("references", "textDocument/references",
          {{"position", reference}, {"context", {{"includeDeclaration", true}}}});
  request("hover", "textDocument/hover", {{"position", reference}});
  request("rename", "textDocument/rename", {{"position", reference}, {"newName", places.model + "Renamed"}});
  request("formatting", "textDocument/formatting", {{"options", {{"tabSize", 2}, {"insertSpaces", true}}}});
  measured.peak_megabytes = static_cast<double>(session.peak_memory_kib()) / 1024;
  return measured;
}

}  // namespace refract::bench
