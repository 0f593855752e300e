#include "validation/rules/arguments.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "syntax/characters.h"
#include "validation/core/text_tools.h"
#include "validation/mistakes/meant_action.h"
#include "validation/mistakes/pieces.h"

namespace refract::validation {
namespace {

using syntax::Argument;
using syntax::Expression;
using syntax::ExpressionKind;

std::string_view describe(const Expression& value) {
  switch (value.kind) {
    case ExpressionKind::string:
      return "a string";
    case ExpressionKind::number:
      return "a number";
    case ExpressionKind::path:
      return "a word";
    case ExpressionKind::function:
      return "a function";
    case ExpressionKind::array:
      return "a list";
    case ExpressionKind::object:
      return "an object";
  }
  return "something else";
}

// The value as an argument of this type takes it, since that of an unknown argument is not checked.
std::string meant_value(schema::ArgumentType type, const Expression& value) {
  const bool word = value.kind == ExpressionKind::path;
  const std::string_view plain = value.kind == ExpressionKind::string ? std::string_view(value.value) : value.text;
  if (type == schema::ArgumentType::referential_action && (word || value.kind == ExpressionKind::string)) {
    const std::string_view action = meant_action(plain);
    if (!action.empty()) return std::string(action);
  }
  if (type == schema::ArgumentType::string && word) return string_literal(plain);
  return std::string(value.text);
}

}  // namespace

void report_wrong_value(Report& report, Place at, std::string_view expected, const Expression& value) {
  report
      .error("wrong-value", at,
             fmt::format("{} is expected here, but `{}` is {}.", expected, value.text, describe(value)))
      .fact("expected", std::string(expected))
      .fact("found", std::string(value.text));
}

void offer_without_quotes(Subject& subject, const Expression& value) {
  if (value.kind != ExpressionKind::string || value.value.empty() ||
      syntax::name_length(value.value, 0) != value.value.size())
    return;
  subject.report.diagnostics()
      .back()
      .advise("Write it without quotes.")
      .fix("Remove the quotes", {{subject.at(value.range), value.value}}, true);
}

std::optional<std::string> as_string(Subject& subject, const Expression& value) {
  if (value.kind == ExpressionKind::string) return value.value;
  report_wrong_value(subject.report, subject.at(value.range), "A string", value);
  if (value.kind == ExpressionKind::path && value.text.find('"') == std::string_view::npos) {
    subject.report.diagnostics()
        .back()
        .advise("Put it in quotes.")
        .fix("Put it in quotes", {{subject.at(value.range), fmt::format("\"{}\"", value.text)}}, true);
  }
  return std::nullopt;
}

std::optional<std::string_view> as_constant(Subject& subject, const Expression& value) {
  if (value.kind == ExpressionKind::path) return value.text;
  report_wrong_value(subject.report, subject.at(value.range), "A plain word", value);
  offer_without_quotes(subject, value);
  return std::nullopt;
}

std::optional<bool> as_boolean(Subject& subject, const Expression& value) {
  if (value.is_path("true")) return true;
  if (value.is_path("false")) return false;
  report_wrong_value(subject.report, subject.at(value.range), "`true` or `false`", value);
  return std::nullopt;
}

std::optional<long long> as_integer(Subject& subject, const Expression& value) {
  if (value.kind == ExpressionKind::number) {
    long long number = 0;
    const char* begin = value.text.data();
    const char* end = begin + value.text.size();
    const auto [stop, error] = std::from_chars(begin, end, number);
    if (error == std::errc{} && stop == end) return number;
  }
  report_wrong_value(subject.report, subject.at(value.range), "A whole number", value);
  return std::nullopt;
}

Arguments::Arguments(Subject& subject, const syntax::Attribute& attribute) : subject_(subject), attribute_(attribute) {
  check_list(attribute.arguments, attribute.trailing_comma);
  for (const Argument& argument : attribute.arguments) {
    if (argument.value && argument.value->kind == ExpressionKind::function) {
      check_list(argument.value->arguments, argument.value->trailing_comma);
    }
  }
  if (!usable_) return;

  bool several_unnamed = false;
  for (const Argument& argument : attribute.arguments) {
    const auto same = std::ranges::find_if(unread_, [&](const Argument* earlier) {
      return earlier->name.has_value() == argument.name.has_value() &&
             (!argument.name || earlier->name->text == argument.name->text);
    });
    if (same == unread_.end()) {
      unread_.push_back(&argument);
      continue;
    }
    *same = &argument;  // the last one counts
    if (!argument.name) {
      several_unnamed = true;
      continue;
    }
    subject_.report
        .error("duplicate-argument", subject_.at(argument.range),
               fmt::format("The argument `{}` is given twice.", argument.name->text))
        .advise("Keep one of them.")
        .fact("attribute", label())
        .fact("argument", std::string(argument.name->text))
        .fix("Remove this argument", {remove_argument(subject_.block(), attribute.arguments, argument)}, true);
  }
  if (several_unnamed) {
    subject_.report
        .error("several-unnamed-arguments", place(), fmt::format("{} takes one argument without a name.", label()))
        .advise("For several fields put brackets around them: `[a, b]`.")
        .fact("attribute", label());
  }
}

std::string Arguments::label() const {
  return (attribute_.block ? "@@" : "@") + std::string(attribute_.name.text);
}

void Arguments::report_missing_value(const Argument& argument) {
  if (!argument.name) return;
  subject_.report
      .error("argument-without-value", subject_.at(argument.name->range),
             fmt::format("The argument `{}` has no value.", argument.name->text))
      .advise("Write a value after the colon, or remove the argument.")
      .fact("attribute", label())
      .fact("argument", std::string(argument.name->text));
}

void Arguments::check_list(const std::vector<Argument>& arguments, std::optional<text::Range> trailing_comma) {
  for (const Argument& argument : arguments) {
    if (argument.value) continue;
    report_missing_value(argument);
    usable_ = false;
  }
  for (const Argument& argument : arguments) {
    if (!argument.value || argument.value->kind != ExpressionKind::array) continue;
    for (const Expression& element : argument.value->elements) {
      if (element.kind != ExpressionKind::function) continue;
      for (const Argument& inner : element.arguments) {
        if (!inner.value) report_missing_value(inner);
      }
    }
  }
  if (trailing_comma) {
    subject_.report.error("trailing-comma", subject_.at(*trailing_comma), "Nothing follows this comma.")
        .advise("Remove it.")
        .fix("Remove the comma", {{subject_.at(*trailing_comma), ""}}, true);
  }
}

const Argument* Arguments::take(std::string_view name) {
  const auto found = std::ranges::find_if(unread_, [&](const Argument* argument) {
    return name.empty() ? !argument->name : argument->name && argument->name->text == name;
  });
  if (found == unread_.end()) return nullptr;
  const Argument* argument = *found;
  unread_.erase(found);
  return argument;
}

const Expression* Arguments::required(std::string_view name) {
  const Argument* named = take(name);
  const Argument* unnamed = take({});
  if (named && unnamed) {
    subject_.report
        .error("argument-named-and-unnamed", subject_.at(named->range),
               fmt::format("`{}` is given twice: by its name and as the unnamed argument.", name))
        .advise("Keep one of them.")
        .fact("attribute", label())
        .fact("argument", std::string(name))
        .fix("Remove this argument", {remove_argument(subject_.block(), attribute_.arguments, *named)});
    return nullptr;
  }
  if (named || unnamed) return &*(named ? named : unnamed)->value;
  subject_.report.error("missing-argument", place(), fmt::format("{} needs the argument `{}`.", label(), name))
      .advise(name == "fields" ? fmt::format("Name the fields, as in `{}([name])`.", label())
                               : fmt::format("Write `{}(…)` with its {}, or remove it.", label(), name))
      .fact("attribute", label())
      .fact("argument", std::string(name));
  return nullptr;
}

const Expression* Arguments::unnamed_or(std::string_view name) {
  const Argument* named = take(name);
  const Argument* unnamed = take({});
  if ((named == nullptr) == (unnamed == nullptr)) return nullptr;
  return &*(named ? named : unnamed)->value;
}

const Expression* Arguments::optional(std::string_view name) {
  const Argument* argument = take(name);
  return argument ? &*argument->value : nullptr;
}

std::optional<std::string> Arguments::string(std::string_view name) {
  const Expression* value = optional(name);
  return value ? as_string(subject_, *value) : std::nullopt;
}

std::optional<std::string> Arguments::text(std::string_view name) {
  auto value = string(name);
  if (!value || !value->empty()) return value;
  subject_.report.error("empty-argument", place(), fmt::format("The argument `{}` of {} is empty.", name, label()))
      .advise("Give it a name, or remove the argument.")
      .fact("attribute", label())
      .fact("argument", std::string(name));
  return std::nullopt;
}

std::optional<bool> Arguments::boolean(std::string_view name) {
  const Expression* value = optional(name);
  return value ? as_boolean(subject_, *value) : std::nullopt;
}

void Arguments::finish() {
  const schema::AttributeSpec* spec = schema::find_attribute(attribute_.name.text, attribute_.block);
  for (const Argument* argument : unread_) {
    const std::string name = argument->name ? std::string(argument->name->text) : std::string(argument->value->text);
    BlockDiagnostic& diagnostic =
        subject_.report.error("unknown-argument", subject_.at(argument->range),
                              argument->name ? fmt::format("{} has no argument `{}` here.", label(), name)
                                             : fmt::format("{} takes no argument `{}` here.", label(), name));
    diagnostic.fact("attribute", label()).fact("argument", name);
    std::vector<std::string_view> candidates;
    if (spec) {
      for (const schema::ArgumentSpec& known : spec->arguments) {
        if (!attribute_.find_argument(known.name)) candidates.push_back(known.name);
      }
    }
    if (const auto meant = argument->name ? nearest(name, candidates) : std::string_view{}; !meant.empty()) {
      const auto known = std::ranges::find(spec->arguments, meant, &schema::ArgumentSpec::name);
      const std::string value = meant_value(known->type, *argument->value);
      if (value == argument->value->text) {
        diagnostic.advise(fmt::format("Did you mean `{}`?", meant))
            .fix(fmt::format("Change to `{}`", meant), {{subject_.at(argument->name->range), std::string(meant)}},
                 true);
      } else {
        const std::string text = fmt::format("{}: {}", meant, value);
        diagnostic.advise(fmt::format("Did you mean `{}`?", text))
            .fix(fmt::format("Change to `{}`", text),
                 {{subject_.at(argument->name->range), std::string(meant)},
                  {subject_.at(argument->value->range), value}},
                 true);
      }
    } else {
      diagnostic.advise("Remove it.")
          .fix("Remove the argument", {remove_argument(subject_.block(), attribute_.arguments, *argument)});
    }
  }
  unread_.clear();
}

}  // namespace refract::validation
