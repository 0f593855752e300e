#pragma once

#include "fuzz/fuzz.h"
#include "migrate/history/script_units.h"

// What deploy promises about the text that it sends, for each target that generates one.
namespace refract::fuzz {

// What deploy sends: each statement at most once, in order, as written.
inline void expect_units(std::string_view input) {
  const migrate::Script script = migrate::read_script(input);
  std::size_t next = 0;
  std::size_t sent_to = 0;
  for (const migrate::ScriptUnit& unit : script.units) {
    expect(unit.count > 0 && unit.first >= next, "units follow each other and are not empty");
    next = unit.first + unit.count;
    expect(next <= script.statements.size(), "a unit holds statements of the text");
    const migrate::Script::Sent sent = script.sent(unit);
    expect(sent.begin >= sent_to && sent.begin + sent.text.size() <= input.size(),
           "what is sent is a part of the text");
    expect(input.substr(sent.begin, sent.text.size()) == sent.text, "what is sent is sent as written");
    sent_to = sent.begin + sent.text.size();
    for (std::size_t failed = 0; failed < unit.count; ++failed) {
      expect(script.committed(unit, failed) <= failed, "what is committed ran before what failed");
    }
  }
  for (std::size_t done = 0; done <= script.statements.size() && done < 64; ++done) {
    for (const std::size_t at : script.taken_back(done)) expect(at < done, "what is rolled back had run");
  }
  migrate::script_problems(script.statements);
}

}  // namespace refract::fuzz
