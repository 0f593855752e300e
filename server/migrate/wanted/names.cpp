#include "migrate/wanted/names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace refract::migrate {
namespace {

bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

std::string with_suffix(std::string_view stem, std::string_view suffix) {
  return fmt::format("{}{}", cut(stem, kLongestName - suffix.size()), suffix);
}

std::string named_after(std::string_view table, const std::vector<std::string>& columns, std::string_view suffix) {
  return with_suffix(fmt::format("{}_{}", table, fmt::join(columns, "_")), suffix);
}

}  // namespace

std::string_view cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && continues_character(text[bytes])) --bytes;
  return text.substr(0, bytes);
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  while (end < text.size() && (count > 0 || continues_character(text[end]))) {
    if (!continues_character(text[end])) --count;
    ++end;
  }
  return text.substr(0, end);
}

std::string primary_key_name(std::string_view table) {
  return with_suffix(table, "_pkey");
}

std::string unique_name(std::string_view table, const std::vector<std::string>& columns) {
  return named_after(table, columns, "_key");
}

std::string index_name(std::string_view table, const std::vector<std::string>& columns) {
  return named_after(table, columns, "_idx");
}

std::string foreign_key_name(std::string_view table, const std::vector<std::string>& columns) {
  return named_after(table, columns, "_fkey");
}

std::string serial_sequence_name(std::string_view table, std::string_view column) {
  constexpr std::size_t kRoom = kLongestName - std::string_view("__seq").size();
  std::size_t table_size = table.size();
  std::size_t column_size = column.size();
  while (table_size + column_size > kRoom) --(table_size > column_size ? table_size : column_size);
  return fmt::format("{}_{}_seq", cut(table, table_size), cut(column, column_size));
}

JoinNames join_names(std::string_view relation) {
  JoinNames names;
  names.table = first_characters(fmt::format("_{}", relation), kLongestName);
  const auto with_cut_stem = [&](std::string_view suffix) {
    return fmt::format("{}{}", first_characters(names.table, kLongestName - suffix.size()), suffix);
  };
  names.primary_key = with_cut_stem("_AB_pkey");
  names.unique = with_cut_stem("_AB_unique");
  names.index = with_cut_stem("_B_index");
  names.foreign_key_a = with_suffix(names.table, "_A_fkey");
  names.foreign_key_b = with_suffix(names.table, "_B_fkey");
  return names;
}

}  // namespace refract::migrate
