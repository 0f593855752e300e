#pragma once

#include <string>
#include <string_view>
#include <vector>

// The names Prisma gives to constraints and indexes that have no name in the schema
// (prisma-engines, psl/psl-core/src/datamodel_connector/constraint_names.rs). All take database names.
namespace refract::migrate {

inline constexpr std::size_t kLongestName = 63;  // bytes, PostgreSQL's NAMEDATALEN - 1

// The longest prefix of at most so many bytes that does not cut a UTF-8 sequence.
std::string_view cut(std::string_view text, std::size_t bytes);
// The first characters (code points) of the text.
std::string_view first_characters(std::string_view text, std::size_t count);

std::string primary_key_name(std::string_view table);
std::string unique_name(std::string_view table, const std::vector<std::string>& columns);
std::string index_name(std::string_view table, const std::vector<std::string>& columns);
std::string foreign_key_name(std::string_view table, const std::vector<std::string>& columns);

// The name PostgreSQL gives the sequence of a SERIAL column: the longer part is cut until all fits.
std::string serial_sequence_name(std::string_view table, std::string_view column);

// An implicit many-to-many table and what belongs to it.
struct JoinNames {
  std::string table;
  std::string primary_key;
  std::string unique;  // in place of the primary key up to Prisma 5
  std::string index;
  std::string foreign_key_a;
  std::string foreign_key_b;
};
JoinNames join_names(std::string_view relation);

}  // namespace refract::migrate
