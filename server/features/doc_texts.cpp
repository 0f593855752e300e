#include "features/doc_texts.h"

#include <fmt/format.h>

#include <algorithm>

namespace refract::features {
namespace {

using schema::Provider;
using syntax::BlockKind;

std::string_view table_word(std::optional<Provider> provider) {
  return !provider ? "table or collection" : *provider == Provider::mongodb ? "collection" : "table";
}

std::string_view column_word(std::optional<Provider> provider) {
  return !provider ? "column or field" : *provider == Provider::mongodb ? "field" : "column";
}

std::string_view row_word(std::optional<Provider> provider) {
  return !provider ? "record" : *provider == Provider::mongodb ? "document" : "row";
}

std::string_view declaration_word(std::optional<Provider> provider, BlockKind block) {
  if (block == BlockKind::view) return "view";
  if (block == BlockKind::enumeration) return has_enum_types(provider) ? "enum type" : "enum";
  return table_word(provider);
}

std::string_view member_word(std::optional<Provider> provider, BlockKind block) {
  if (block == BlockKind::enumeration) return "enum value";
  return column_word(provider);
}

// `@@map` of an enum, where the database has no types of this kind.
std::string unnamed(std::optional<Provider> provider, BlockKind block, std::string_view doc) {
  if (block != BlockKind::enumeration || has_enum_types(provider) || !doc.contains("{declaration}")) return {};
  return fmt::format(", though {} has no named enums", schema::display_name(*provider));
}

std::string sql_example(std::optional<Provider> provider) {
  const auto example = [](std::string_view sql) { return fmt::format(": `dbgenerated(\"{}\")`", sql); };
  if (!provider) return {};
  switch (*provider) {
    case Provider::postgresql:
    case Provider::cockroachdb:
      return example("gen_random_uuid()");
    case Provider::mysql:
      return example("(uuid())");
    case Provider::sqlite:
      return example("(date('now'))");
    case Provider::sqlserver:
      return example("newid()");
    case Provider::mongodb:
      break;
  }
  return {};
}

}  // namespace

std::optional<Provider> provider_in_force(const schema::Snapshot& snapshot) {
  const schema::Datasource* datasource = snapshot.datasource();
  return datasource == nullptr ? std::nullopt : datasource->provider;
}

std::string worded(std::string_view doc, std::optional<Provider> provider, BlockKind block) {
  const auto word = [&, whole = doc](std::string_view name) -> std::optional<std::string> {
    if (name == "row") return std::string(row_word(provider));
    if (name == "rows") return std::string(row_word(provider)) + "s";
    if (name == "declaration") return std::string(declaration_word(provider, block));
    if (name == "member") return std::string(member_word(provider, block));
    if (name == "unique") return provider == Provider::sqlserver ? "unique constraint" : "unique index";
    if (name == "unnamed") return unnamed(provider, block, whole);
    if (name == "sql_example") return sql_example(provider);
    if (name == "compound_key") return provider == Provider::mongodb ? "" : " For a key of several fields use `@@id`.";
    return std::nullopt;
  };
  std::string out;
  while (!doc.empty()) {
    const std::size_t open = std::min(doc.find('{'), doc.size());
    out += doc.substr(0, open);
    const std::size_t close = doc.find('}', open);
    if (close == std::string_view::npos) return out.append(doc.substr(open));
    const auto replaced = word(doc.substr(open + 1, close - open - 1));
    out += replaced ? *replaced : std::string(doc.substr(open, close + 1 - open));
    doc.remove_prefix(close + 1);
  }
  return out;
}

bool has_enum_types(std::optional<Provider> provider) {
  return !provider || *provider == Provider::postgresql || *provider == Provider::cockroachdb;
}

std::string_view table_name_word(std::optional<Provider> provider) {
  return !provider ? "Table or collection" : *provider == Provider::mongodb ? "Collection" : "Table";
}

std::string_view column_name_word(std::optional<Provider> provider) {
  return !provider ? "Column or field" : *provider == Provider::mongodb ? "Field" : "Column";
}

std::string unsupported_note(const schema::Snapshot& snapshot, bool known) {
  const auto provider = provider_in_force(snapshot);
  if (known || !provider) return {};
  return fmt::format("{} does not support it.", schema::display_name(*provider));
}

std::string_view action_doc(const schema::Snapshot& snapshot, schema::ReferentialAction action) {
  const auto provider = provider_in_force(snapshot);
  const bool emulated = provider && !snapshot.datasource()->foreign_keys;
  using enum schema::ReferentialAction;
  switch (action) {
    case cascade:
      return "On delete, the records that refer to the deleted one are deleted too; on update, they get its new key.";
    case restrict_:
      return "The record cannot be deleted, nor its key changed, while others refer to it.";
    case no_action:
      if (emulated) return "Nothing happens: the records that refer to it keep the old key.";
      if (!provider)
        return "The database decides: it may reject the change while others refer to the record, at once or at the end "
               "of the transaction.";
      if (*provider == Provider::postgresql || *provider == Provider::sqlite)
        return "The change is rejected if others refer to the record at the end of the statement or, where the "
               "constraint is deferred, of the transaction.";
      return "The change is rejected while others refer to the record.";
    case set_null:
      return "The fields of the records that refer to it are set to null; they have to be optional.";
    case set_default:
      return "The fields of the records that refer to it get their default value, which has to exist.";
  }
  return {};
}

}  // namespace refract::features
