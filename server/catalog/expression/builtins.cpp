#include "catalog/expression/builtins.h"

#include <unordered_map>

#include "catalog/expression/builtin_tables.h"

namespace refract::catalog {
namespace {

// Calls `each` with every word of a line.
void for_each_word(std::string_view line, auto each) {
  while (!line.empty()) {
    const std::size_t end = line.find(' ');
    if (end != 0) each(line.substr(0, end));
    if (end == std::string_view::npos) return;
    line.remove_prefix(end + 1);
  }
}

// A table's entries: a line's first word is the key; a line that begins with a space continues the one before.
void for_each_entry(std::string_view table, auto each) {
  std::string_view key;
  while (!table.empty()) {
    std::string_view line = table.substr(0, table.find('\n'));
    table.remove_prefix(std::min(table.size(), line.size() + 1));
    if (line.empty()) continue;
    if (line.front() != ' ') {
      key = line.substr(0, line.find(' '));
      line.remove_prefix(key.size());
    }
    for_each_word(line, [&](std::string_view word) { each(key, word); });
  }
}

// result(argument,argument), then "v" for VARIADIC and the number of defaults.
Signature read_signature(std::string_view word) {
  Signature signature;
  const std::size_t open = word.find('(');
  const std::size_t close = word.find(')');
  signature.result = word.substr(0, open);
  std::string_view arguments = word.substr(open + 1, close - open - 1);
  for (bool more = close > open + 1; more;) {
    const std::size_t comma = arguments.find(',');
    signature.arguments.push_back(arguments.substr(0, comma));
    more = comma != std::string_view::npos;
    if (more) arguments.remove_prefix(comma + 1);
  }
  for (const char c : word.substr(close + 1)) {
    if (c == 'v') signature.variadic = true;
    if (c >= '0' && c <= '9') signature.defaults = static_cast<std::size_t>(c - '0');
  }
  return signature;
}

using Signatures = std::unordered_map<std::string_view, std::vector<Signature>>;

Signatures read_signatures(std::string_view table) {
  Signatures read;
  for_each_entry(table,
                 [&](std::string_view key, std::string_view word) { read[key].push_back(read_signature(word)); });
  return read;
}

std::span<const Signature> find(const Signatures& signatures, std::string_view key) {
  const auto found = signatures.find(key);
  return found == signatures.end() ? std::span<const Signature>() : std::span<const Signature>(found->second);
}

std::string pair_of(std::string_view from, std::string_view to) {
  return std::string(from).append(">").append(to);
}

struct TypeEntry {
  char category = 'U';
  bool preferred = false;
};

const std::unordered_map<std::string_view, TypeEntry>& types() {
  static const auto kTypes = [] {
    std::unordered_map<std::string_view, TypeEntry> read;
    for_each_entry(kBuiltinTypes, [&](std::string_view category, std::string_view word) {
      const bool preferred = word.ends_with('!');
      if (preferred) word.remove_suffix(1);
      read[word] = {category.front(), preferred};
    });
    return read;
  }();
  return kTypes;
}

}  // namespace

std::span<const Signature> builtin_functions(std::string_view name) {
  static const Signatures kFunctions = read_signatures(kBuiltinFunctions);
  return find(kFunctions, name);
}

std::span<const Signature> builtin_operators(std::string_view symbol) {
  static const Signatures kOperators = read_signatures(kBuiltinOperators);
  return find(kOperators, symbol);
}

std::span<const std::string_view> builtin_parameters(std::string_view name) {
  static const auto kParameters = [] {
    std::unordered_map<std::string_view, std::vector<std::string_view>> read;
    for_each_entry(kBuiltinParameters,
                   [&](std::string_view function, std::string_view word) { read[function].push_back(word); });
    return read;
  }();
  const auto found = kParameters.find(name);
  if (found == kParameters.end()) return {};
  return found->second;
}

BuiltinCast builtin_cast(std::string_view from, std::string_view to) {
  static const auto kCasts = [] {
    std::unordered_map<std::string, BuiltinCast> read;
    for_each_entry(kBuiltinCasts, [&](std::string_view source, std::string_view word) {
      BuiltinCast cast{CastContext::implicit, word.ends_with('*')};
      if (cast.binary) word.remove_suffix(1);
      if (word.front() == '=') cast.context = CastContext::assignment;
      if (word.front() == '!') cast.context = CastContext::explicit_;
      if (cast.context != CastContext::implicit) word.remove_prefix(1);
      read[pair_of(source, word)] = cast;
    });
    return read;
  }();
  const auto found = kCasts.find(pair_of(from, to));
  return found == kCasts.end() ? BuiltinCast() : found->second;
}

std::string_view builtin_op_class(std::string_view method, std::string_view op_class) {
  static const Signatures kClasses = read_signatures(kBuiltinOpClasses);
  for (const Signature& signature : find(kClasses, method)) {
    if (signature.result == op_class) return signature.arguments.front();
  }
  return {};
}

char builtin_category(std::string_view type) {
  const auto found = types().find(type);
  return found == types().end() ? 'U' : found->second.category;
}

bool is_preferred_type(std::string_view type) {
  const auto found = types().find(type);
  return found != types().end() && found->second.preferred;
}

}  // namespace refract::catalog
