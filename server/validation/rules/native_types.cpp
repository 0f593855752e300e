#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "support/ascii.h"
#include "validation/core/text_tools.h"
#include "validation/mistakes/other_types.h"
#include "validation/rules/index_types.h"
#include "validation/rules/schema_checks.h"

// @db.Type: the name, the field types it fits, and the range of its arguments.
namespace refract::validation {
namespace {

using schema::Field;
using schema::NativeTypeSpec;
using schema::Provider;

std::optional<std::uint32_t> number_in(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

const schema::NativeType* valid_native_type(const Environment& environment, const Field& field) {
  if (!field.native_type || !environment.datasource) return nullptr;
  const schema::NativeType& type = *field.native_type;
  const Provider provider = environment.connector->provider;
  const NativeTypeSpec* spec = schema::find_native_type(provider, type.name);
  const std::size_t count = type.arguments.size();
  if (!spec) return nullptr;
  if (spec->max_arguments == 0) return &type;
  if (count != spec->max_arguments && (count != 0 || spec->min_arguments != 0)) return nullptr;
  const bool readable = std::ranges::all_of(type.arguments, [&](const std::string& argument) {
    return number_in(argument) || (schema::takes_max(provider, type.name) && is_max(argument));
  });
  return readable ? &type : nullptr;
}

namespace {

class NativeTypeCheck {
 public:
  NativeTypeCheck(Subject& subject, const Field& field)
      : subject_(subject), field_(field), type_(*field.native_type), place_(subject.at(type_.attribute->span)) {}

  void run() {
    check_scope();
    const Provider provider = subject_.connector().provider;
    const NativeTypeSpec* spec =
        subject_.environment.datasource ? schema::find_native_type(provider, type_.name) : nullptr;
    if (!spec) return report_unknown();
    const std::size_t count = type_.arguments.size();
    if (count < spec->min_arguments || count > spec->max_arguments) return report_count(*spec);
    if (std::ranges::find(spec->scalars, field_.scalar) == spec->scalars.end()) return report_scalar(*spec);
    if (type_.name == "Decimal")
      check_decimal(provider);
    else if (count == 1)
      check_number(provider);
  }

 private:
  BlockDiagnostic& reject(Code code, std::string message) {
    return subject_.report.error(code, place_, std::move(message))
        .fact("field", std::string(field_.name))
        .fact("nativeType", std::string(type_.name));
  }

  void check_scope() {
    const std::string_view written = type_.attribute->name.text;
    const std::string_view scope = written.substr(0, written.find('.'));
    const schema::Datasource* datasource = subject_.environment.datasource;
    if (!datasource || datasource->name == scope) return;
    const text::Offset begin = type_.attribute->name.range.begin;
    reject("native-type-prefix", fmt::format("The name of the datasource is `{}`, not `{}`.", datasource->name, scope))
        .advise(fmt::format("Write `@{}.{}`.", datasource->name, type_.name))
        .fix(fmt::format("Change to `@{}.{}`", datasource->name, type_.name),
             {{subject_.at({begin, begin + static_cast<text::Offset>(scope.size())}), std::string(datasource->name)}},
             true);
  }

  void report_unknown() {
    const Provider provider = subject_.connector().provider;
    BlockDiagnostic& diagnostic =
        reject("unknown-native-type",
               fmt::format("{} has no native type `{}`.", database_name(subject_.connector()), type_.name));
    if (subject_.environment.datasource == nullptr) {
      diagnostic.advise("Add a datasource: its provider decides which native types there are.");
      return;
    }
    std::vector<std::string_view> candidates;
    std::vector<std::string_view> others;
    for (const NativeTypeSpec& known : schema::native_types(provider)) {
      const bool fits = std::ranges::find(known.scalars, field_.scalar) != known.scalars.end();
      (fits ? candidates : others).push_back(known.name);
    }
    // Names that differ in case alone are nearer than a type of another language, and that is nearer than a misspelt
    // one.
    const auto meant = nearest(type_.name, candidates);
    const bool same = !meant.empty() && ascii::to_lower(meant) == ascii::to_lower(type_.name);
    if (!same && offer_known_type(diagnostic)) return;
    const auto other = nearest(type_.name, others);
    if (!meant.empty()) {
      const text::Range name = type_.attribute->name.range;
      diagnostic.advise(fmt::format("Did you mean `{}`?", meant))
          .fix(fmt::format("Change to `{}`", meant),
               {{subject_.at({name.end - static_cast<text::Offset>(type_.name.size()), name.end}), std::string(meant)}},
               true);
    } else if (!other.empty()) {
      const NativeTypeSpec& spec = *schema::find_native_type(provider, other);
      const std::string_view scalar = schema::to_string(spec.scalars.front());
      offer(diagnostic,
            {.scalar = std::string(scalar),
             .attributes = fmt::format(" @{}.{}{}", subject_.environment.datasource->name, other, arguments_text())});
      diagnostic.help = fmt::format("Did you mean `{}`, which is for fields of type {}?", other, scalar);
    } else if (!candidates.empty()) {
      diagnostic.advise(fmt::format("For {} there are {}.", field_.type_name, list_of(candidates)));
    } else {
      diagnostic.advise("Remove the attribute.")
          .fix("Remove the native type", {remove_attribute(subject_.block(), *type_.attribute)}, true);
    }
  }

  std::string arguments_text() const {
    return type_.arguments.empty() ? std::string() : fmt::format("({})", fmt::join(type_.arguments, ", "));
  }

  // The name of a type in other languages and databases, or of a scalar type. False: it is none.
  bool offer_known_type(BlockDiagnostic& diagnostic) {
    const MistakeContext context = subject_.environment.mistakes();
    auto types = types_for(context, type_.name, arguments_text(), {.has_default = true});
    if (types.empty()) types = types_for(context, ascii::to_lower(type_.name), arguments_text(), {.has_default = true});
    if (types.empty()) return false;
    const auto same = std::ranges::find(types, field_.type_name, &PrismaType::scalar);
    offer(diagnostic, same == types.end() ? types.front() : *same);
    return true;
  }

  // The field with this type.
  void offer(BlockDiagnostic& diagnostic, const PrismaType& type) {
    const syntax::FieldType& written = *field_.syntax->type;
    const text::Range arity = written.arity_range;
    const std::string_view mark = std::string_view(subject_.block().text).substr(arity.begin, arity.size());
    std::vector<BlockEdit> edits;
    if (type.scalar != field_.type_name) edits.push_back({subject_.at(written.name.range), type.scalar});
    edits.push_back(type.attributes.empty()
                        ? remove_attribute(subject_.block(), *type_.attribute)
                        : BlockEdit{subject_.at(type_.attribute->range), type.attributes.substr(1)});
    const std::string text = type.scalar + std::string(mark) + type.attributes;
    const bool other = type.scalar != field_.type_name && schema::scalar_from(type.scalar);
    diagnostic
        .advise(other ? fmt::format("That is for fields of type {}: write `{}`.", type.scalar, text)
                      : fmt::format("Write `{}`.", text))
        .fix(fmt::format("Change to `{}`", text), std::move(edits), true);
  }

  void report_count(const NativeTypeSpec& spec) {
    const std::string wanted = spec.max_arguments == 0 ? std::string("no argument")
                               : spec.min_arguments == spec.max_arguments
                                   ? fmt::format("{} argument(s)", spec.min_arguments)
                                   : fmt::format("at most {} argument(s)", spec.max_arguments);
    BlockDiagnostic& diagnostic =
        reject("native-type-argument-count",
               fmt::format("The native type `{}` takes {}, but has {}.", type_.name, wanted, type_.arguments.size()));
    if (spec.max_arguments == 0) {
      diagnostic.advise("Remove the arguments.")
          .fix("Remove the arguments", {{subject_.at(type_.attribute->arguments_range), ""}}, true);
    } else {
      diagnostic.advise("Correct the arguments.");
    }
  }

  void report_scalar(const NativeTypeSpec& spec) {
    std::vector<std::string_view> types;
    for (schema::ScalarType type : spec.scalars) types.push_back(schema::to_string(type));
    reject("native-type-scalar",
           fmt::format("The native type `{}` fits {}, not {}.", type_.name, list_of(types), field_.type_name))
        .advise(fmt::format("Change the field's type to {}, or use another native type.", list_of(types)))
        .fact("scalars", std::vector<std::string>(types.begin(), types.end()))
        .fix(fmt::format("Change the type to `{}`", types.front()),
             {{subject_.at(field_.syntax->type->name.range), std::string(types.front())}}, true)
        .fix("Remove the native type", {remove_attribute(subject_.block(), *type_.attribute)});
  }

  void report_argument(std::string_view wanted) {
    reject("native-type-argument", fmt::format("The native type `{}` takes {}.", type_.name, wanted))
        .advise("Correct the argument.");
  }

  void report_range(std::string message) {
    reject("native-type-range", std::move(message)).advise("Correct the argument.");
  }

  void check_decimal(Provider provider) {
    if (type_.arguments.empty()) return;
    const auto first = number_in(type_.arguments.front());
    const auto second = type_.arguments.size() == 2 ? number_in(type_.arguments[1]) : std::nullopt;
    if (!first || !second) return report_argument("two numbers, precision and scale");
    const std::uint32_t precision = first.value_or(0), scale = second.value_or(0);
    const schema::DecimalLimit limit = schema::decimal_limit(provider);
    if (scale > precision) {
      reject("native-type-scale", fmt::format("The scale {} is larger than the precision {}.", scale, precision))
          .advise("The scale counts the digits after the decimal point, the precision counts all digits.");
    } else if (precision < limit.least_precision || precision > limit.most_precision) {
      report_range(
          fmt::format("The precision of `Decimal` goes from {} to {}.", limit.least_precision, limit.most_precision));
    } else if (scale > limit.most_scale) {
      report_range(fmt::format("The scale of `Decimal` goes up to {}.", limit.most_scale));
    }
  }

  void check_number(Provider provider) {
    const std::string& text = type_.arguments.front();
    const bool or_max = schema::takes_max(provider, type_.name);
    if (or_max && is_max(text)) return;
    const auto number = number_in(text);
    if (!number) return report_argument(or_max ? "a number or `Max`" : "a number that is not negative");
    if (const auto limit = schema::native_type_limit(provider, type_.name);
        limit && (*number < limit->least || *number > limit->most)) {
      if (limit->most == 0xFFFFFFFF)
        report_range(fmt::format("The argument of `{}` must be positive.", type_.name));
      else
        report_range(fmt::format("The argument of `{}` goes from {} to {}.", type_.name, limit->least, limit->most));
    } else if (provider == Provider::mysql && type_.name == "Bit" && *number > 1 &&
               field_.scalar == schema::ScalarType::boolean) {
      report_range("Only `Bit(1)` fits Boolean.");
    }
  }

  Subject& subject_;
  const Field& field_;
  const schema::NativeType& type_;
  Place place_;
};

}  // namespace

void check_native_type(Subject& subject, const Field& field) {
  if (field.kind != schema::TypeKind::scalar || !field.native_type) return;
  NativeTypeCheck(subject, field).run();
}

}  // namespace refract::validation
