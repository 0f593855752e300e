#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/attributes.h"
#include "validation/rules/rules.h"

// Reads an attribute's arguments as Prisma does. Reading an argument consumes it; finish() reports the arguments that
// were never read.
namespace refract::validation {

class Arguments {
 public:
  // Reports what is wrong with any argument list: missing values, trailing commas, arguments given twice.
  Arguments(Subject& subject, const syntax::Attribute& attribute);

  // False if a value is missing: then nothing else is reported for this attribute.
  bool usable() const { return usable_; }

  const syntax::Attribute& attribute() const { return attribute_; }
  Place place() const { return subject_.at(attribute_.span); }
  std::string label() const;  // "@id", "@@index"

  // The argument with this name, or else the unnamed one; reports when there is none, or both.
  const syntax::Expression* required(std::string_view name);
  // The same, silently.
  const syntax::Expression* unnamed_or(std::string_view name);
  const syntax::Expression* optional(std::string_view name);

  // `optional` as a value of one kind; reports a value of another kind.
  std::optional<std::string> string(std::string_view name);
  // The same, but an empty string is reported and counts as absent.
  std::optional<std::string> text(std::string_view name);
  std::optional<bool> boolean(std::string_view name);

  void drop_unread() { unread_.clear(); }
  // Reports the arguments that no check has asked for.
  void finish();

 private:
  void check_list(const std::vector<syntax::Argument>& arguments, std::optional<text::Range> trailing_comma);
  void report_missing_value(const syntax::Argument& argument);
  const syntax::Argument* take(std::string_view name);  // empty: the unnamed one

  Subject& subject_;
  const syntax::Attribute& attribute_;
  std::vector<const syntax::Argument*> unread_;
  bool usable_ = true;
};

// Adds to the last diagnostic, about a string where there has to be a name, the fix that takes its quotes away.
void offer_without_quotes(Subject& subject, const syntax::Expression& value);

// The value as one kind of expression; reports when it is another.
std::optional<std::string> as_string(Subject& subject, const syntax::Expression& value);
std::optional<std::string_view> as_constant(Subject& subject, const syntax::Expression& value);
std::optional<bool> as_boolean(Subject& subject, const syntax::Expression& value);
std::optional<long long> as_integer(Subject& subject, const syntax::Expression& value);
void report_wrong_value(Report& report, Place at, std::string_view expected, const syntax::Expression& value);

}  // namespace refract::validation
