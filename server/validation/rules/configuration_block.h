#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "validation/rules/rules.h"

// The properties of one datasource or generator, read as attributes' arguments are: what is asked for is used up.
namespace refract::validation {

class ConfigurationBlock {
 public:
  // Reports the first property without a value. Of one given twice the last one counts.
  ConfigurationBlock(const syntax::Block& block, Report& report);

  // False if a value is missing: then Prisma reports nothing else for the block.
  bool usable() const { return usable_; }
  const syntax::Block& block() const { return block_; }
  Report& report() const { return report_; }
  Place whole() const { return {&block_, block_.range}; }
  Place at(text::Range range) const { return {&block_, range}; }
  // The property with the comment after it, as Prisma marks it.
  Place line(const syntax::Property& property) const;

  const syntax::Property* take(std::string_view key);
  const std::map<std::string_view, const syntax::Property*>& rest() const { return open_; }
  // A property whose key is no key of such a block, but was probably meant to be this one. nullptr: there is none.
  const syntax::Property* misspelt(std::string_view key, std::span<const std::string_view> keys) const;
  // Reports that a key is missing where another one was meant to be it. False: there is none.
  bool report_misspelt(std::string_view key, std::span<const std::string_view> keys) const;

  // A string literal or env("…"); reports anything else. The result distinguishes both: "env:NAME" or "text:…".
  std::optional<std::string> string_or_env(const syntax::Expression& value) const;
  void wrong_value(std::string_view expected, const syntax::Expression& value) const;

 private:
  // To the last diagnostic, which is about the value: the fix that writes this instead.
  void offer(const syntax::Expression& value, const std::string& written) const;

  const syntax::Block& block_;
  Report& report_;
  std::map<std::string_view, const syntax::Property*> open_;
  bool usable_ = true;
};

void check_datasource(const Environment& environment, const schema::Datasource& datasource, Report& report,
                      bool& valid);
// `provider` of a datasource without faults; some preview features go with it.
void check_generator(const Environment& environment, const schema::Generator& generator,
                     std::optional<schema::Provider> provider, Report& report);

}  // namespace refract::validation
