#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/declaration.h"
#include "syntax/file.h"

namespace refract::schema {

using FileId = std::uint32_t;  // index into Snapshot::files()

struct SourceFile {
  std::string path;  // as given by whoever built the snapshot: a path or a URI, compared as text
  std::shared_ptr<const syntax::File> syntax;
};

struct FilePosition {
  FileId file = 0;
  text::Offset offset = 0;
};

struct FileRange {
  FileId file = 0;
  text::Range range;  // in the file
  bool operator==(const FileRange&) const = default;
};

// A declaration at its present place.
struct Placed {
  FileId file = 0;
  text::Offset start = 0;                    // of its block in the file
  const Declaration* declaration = nullptr;  // lives as long as the snapshot

  const Declaration* operator->() const { return declaration; }
  const Declaration& operator*() const { return *declaration; }
  FileRange in_file(text::Range relative) const { return {file, relative.shifted(start)}; }
};

// How a relation field and its opposite relate to each other. `owner` is the side with `fields:` (the one whose
// table holds the foreign key); in many-to-many relations it is the model that sorts first.
enum class RelationKind { one_to_one, one_to_many, many_to_many };

struct RelationEnd {
  const Placed* model = nullptr;
  const Field* field = nullptr;  // nullptr: the opposite field is missing
};

struct Relation {
  RelationKind kind = RelationKind::one_to_many;
  std::string name;  // given, or implied: both model names joined by "To"
  bool explicitly_named = false;
  RelationEnd owner;
  RelationEnd other;
};

struct FieldUse {
  const Placed* owner = nullptr;
  const Field* field = nullptr;
};

struct Options {
  PrismaVersion version = PrismaVersion::v6;
  // `tables.external` and `enums.external` of prisma.config: "schema.name", or a name alone.
  std::vector<std::string> external_tables = {};
  std::vector<std::string> external_enums = {};
};

// All files of one Prisma schema, resolved. Immutable and safe to read from any thread; shares with the snapshot
// it was built from every declaration whose block and resolved names did not change.
class Snapshot {
 public:
  // Builds from files; `previous` (may be null) lends unchanged declarations.
  static std::shared_ptr<const Snapshot> build(std::vector<SourceFile> files, Options options,
                                               std::shared_ptr<const Snapshot> previous = nullptr);
  ~Snapshot();

  std::span<const SourceFile> files() const;
  const Options& options() const;
  std::optional<FileId> find_file(std::string_view path) const;

  // Models, views, composite types and enums in order of files and text. Of several with one name all are here.
  std::span<const Placed> declarations() const;
  // The declaration with that name, as Prisma the last of several; nullptr: none.
  const Placed* find(std::string_view name) const;
  // The declaration whose block covers the offset; nullptr: none.
  const Placed* declaration_at(FilePosition at) const;

  // The first datasource; nullptr: none. `place_of` finds it (or a generator) in its file.
  const Datasource* datasource() const;
  std::span<const Datasource> datasources() const;
  std::span<const Generator> generators() const;
  FileRange place_of(const syntax::Block& block, text::Range relative) const;
  // The same without a search; nullopt: the block is no datasource, generator or declaration, or a namesake hides it.
  std::optional<FileRange> known_place_of(const syntax::Block& block, text::Range relative) const;

  // Some declaration has @@schema.
  bool uses_database_schemas() const;
  bool has_composite_types() const;
  // The fields of the composite type of that name. Those of all types are found when the first is asked for.
  std::span<const FieldUse> fields_of_composite_type(std::string_view name) const;

  // The datasource's provider; postgresql if there is none, so that half-written schemas get answers.
  Provider provider() const;
  // Whether a generator names the feature; case does not matter, as in Prisma.
  bool has_preview_feature(std::string_view feature) const;

  // The relation that a relation field is part of. nullopt: the field is no relation, or its type is unknown.
  std::optional<Relation> relation_of(const Placed& model, const Field& field) const;

 private:
  struct Data;
  explicit Snapshot(std::unique_ptr<const Data> data);
  std::unique_ptr<const Data> data_;
};

}  // namespace refract::schema
