#include "schema/snapshot.h"

#include <algorithm>
#include <functional>
#include <mutex>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "schema/lower.h"
#include "support/ascii.h"

namespace refract::schema {
namespace {

struct Named {
  TypeKind kind;
  std::size_t index;  // into the declarations
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

// Who has which name. It owns its keys, since a snapshot may share the table of one whose blocks are gone.
using NameTable = std::unordered_map<std::string, Named, TextHash, std::equal_to<>>;

struct FileExtent {
  std::size_t first = 0;  // of the file's declarations
  std::size_t last = 0;   // after them
};

struct BlockPlace {
  FileId file;
  text::Offset start;
};

// Where a new block's declaration may come from.
struct Candidate {
  const Placed* old = nullptr;
};

// What is asked of every declaration at every edit, without following a pointer to each.
struct Key {
  const syntax::Block* block = nullptr;
  bool in_database_schema = false;  // has @@schema
};

}  // namespace

struct Snapshot::Data {
  std::vector<SourceFile> files;
  Options options;
  std::vector<Placed> declarations;
  std::vector<FileExtent> extents;  // by file
  std::vector<Datasource> datasources;
  std::vector<Generator> generators;
  std::unordered_map<const syntax::Block*, BlockPlace> configuration;  // datasources and generators
  std::vector<Key> keys;                                               // by declaration
  support::Owners<Declaration> owners;
  bool uses_database_schemas = false;
  bool has_composite_types = false;
  std::shared_ptr<const NameTable> names;
  mutable std::once_flag composite_fields_found;
  mutable std::unordered_map<std::string_view, std::vector<FieldUse>> composite_fields;
};

namespace {

using Names = std::unordered_set<std::string_view>;

// Finds for the blocks of one file the declarations of the same blocks in its older version, and gathers the names
// that may mean something else now: those of the stretch between the common beginning and the common end.
void match_file(std::span<const syntax::PlacedBlock* const> blocks, std::span<const Placed> old,
                std::span<const Key> old_keys, std::span<Candidate> found, Names& touched) {
  std::size_t head = 0;
  while (head < blocks.size() && head < old.size() && blocks[head]->block == old_keys[head].block) {
    found[head].old = &old[head];
    ++head;
  }
  std::size_t tail = 0;
  while (head + tail < blocks.size() && head + tail < old.size() &&
         blocks[blocks.size() - 1 - tail]->block == old_keys[old.size() - 1 - tail].block) {
    found[blocks.size() - 1 - tail].old = &old[old.size() - 1 - tail];
    ++tail;
  }
  const auto old_middle = old.subspan(head, old.size() - head - tail);
  std::unordered_map<const syntax::Block*, const Placed*> by_block;
  for (const Placed& placed : old_middle) {
    by_block.emplace(placed->block.get(), &placed);
    touched.insert(placed->name);
  }
  for (std::size_t i = head; i < blocks.size() - tail; ++i) {
    touched.insert(blocks[i]->block->name.text);
    if (const auto it = by_block.find(blocks[i]->block); it != by_block.end()) found[i].old = it->second;
  }
}

bool same_names(std::span<const syntax::PlacedBlock* const> blocks, std::span<const Candidate> candidates,
                std::span<const Placed> old) {
  if (blocks.size() != old.size()) return false;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (candidates[i].old == &old[i]) continue;
    if (blocks[i]->block->kind != old[i]->kind || blocks[i]->block->name.text != old[i]->name) return false;
  }
  return true;
}

bool mentions(const Declaration& declaration, const Names& names) {
  return std::ranges::any_of(declaration.fields, [&](const Field& field) {
    return field.kind != TypeKind::scalar && field.kind != TypeKind::unsupported && names.contains(field.type_name);
  });
}

std::shared_ptr<const NameTable> make_names(std::span<const syntax::PlacedBlock* const> blocks) {
  auto table = std::make_shared<NameTable>();
  table->reserve(blocks.size());
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    table->insert_or_assign(std::string(blocks[i]->block->name.text), Named{kind_of(blocks[i]->block->kind), i});
  }
  return table;
}

}  // namespace

Snapshot::Snapshot(std::unique_ptr<const Data> data) : data_(std::move(data)) {}
Snapshot::~Snapshot() = default;

std::shared_ptr<const Snapshot> Snapshot::build(std::vector<SourceFile> files, Options options,
                                                std::shared_ptr<const Snapshot> previous) {
  auto data = std::make_unique<Data>();
  data->files = std::move(files);
  data->options = options;
  const int prisma = static_cast<int>(options.version);
  for (SourceFile& file : data->files) file.syntax = syntax::File::read_by(prisma, std::move(file.syntax));

  const Data* old = previous ? previous->data_.get() : nullptr;
  std::vector<const syntax::PlacedBlock*> blocks;
  if (old) blocks.reserve(old->declarations.size() + 8);
  bool composite = false;
  for (FileId file = 0; file < data->files.size(); ++file) {
    const std::size_t first = blocks.size();
    const auto& all = data->files[file].syntax->blocks();
    for (const syntax::PlacedBlock& placed : all) {
      if (kind_of(placed.kind) != TypeKind::unknown) {
        blocks.push_back(&placed);
        composite |= placed.kind == syntax::BlockKind::composite_type;
      } else if (placed.kind == syntax::BlockKind::datasource) {
        data->datasources.push_back(lower_datasource(placed.block->shared_from_this()));
        data->configuration.try_emplace(placed.block, file, placed.start);
      } else if (placed.kind == syntax::BlockKind::generator) {
        data->generators.push_back(lower_generator(placed.block->shared_from_this()));
        data->configuration.try_emplace(placed.block, file, placed.start);
      }
    }
    data->extents.push_back({first, blocks.size()});
  }
  data->has_composite_types = composite;

  std::vector<Candidate> candidates(blocks.size());
  Names touched;
  if (old) {
    const auto all = std::span<const syntax::PlacedBlock* const>(blocks);
    std::vector<bool> met(old->files.size(), false);
    for (FileId file = 0; file < data->files.size(); ++file) {
      const FileExtent extent = data->extents[file];
      const auto own = all.subspan(extent.first, extent.last - extent.first);
      const auto before = previous->find_file(data->files[file].path);
      std::span<const Placed> old_own;
      std::span<const Key> old_keys;
      if (before) {
        met[*before] = true;
        const FileExtent& place = old->extents[*before];
        old_own = std::span(old->declarations).subspan(place.first, place.last - place.first);
        old_keys = std::span(old->keys).subspan(place.first, place.last - place.first);
      }
      match_file(own, old_own, old_keys, std::span(candidates).subspan(extent.first, own.size()), touched);
      // In another order of files another of two namesakes comes last.
      if (before && *before != file) {
        for (const syntax::PlacedBlock* placed : own) touched.insert(placed->block->name.text);
      }
    }
    for (std::size_t file = 0; file < met.size(); ++file) {
      if (met[file]) continue;
      for (std::size_t i = old->extents[file].first; i < old->extents[file].last; ++i) {
        touched.insert(old->declarations[i]->name);
      }
    }
  }
  if (old && same_names(blocks, candidates, old->declarations)) {
    data->names = old->names;
    touched.clear();
  } else {
    data->names = make_names(blocks);
  }

  const auto kind_in = [](const NameTable& names, std::string_view name) {
    const auto it = names.find(name);
    return it == names.end() ? TypeKind::unknown : it->second.kind;
  };
  if (old) {
    std::erase_if(touched,
                  [&](std::string_view name) { return kind_in(*old->names, name) == kind_in(*data->names, name); });
  }
  const ResolveType resolve = [&](std::string_view name) { return kind_in(*data->names, name); };
  data->declarations.resize(blocks.size());
  data->keys.resize(blocks.size());
  if (old) data->owners = old->owners;
  std::vector<std::shared_ptr<const Declaration>> made;
  bool in_schemas = false;
  for (FileId file = 0; file < data->files.size(); ++file) {
    for (std::size_t i = data->extents[file].first; i < data->extents[file].last; ++i) {
      const Placed* kept = candidates[i].old;
      Key& key = data->keys[i];
      Placed& placed = data->declarations[i];
      if (kept && (touched.empty() || !mentions(**kept, touched))) {
        key = old->keys[static_cast<std::size_t>(kept - old->declarations.data())];
        placed.declaration = kept->declaration;
      } else {
        made.push_back(lower_declaration(blocks[i]->block->shared_from_this(), resolve));
        placed.declaration = made.back().get();
        key = {blocks[i]->block, placed->database_schema.has_value()};
      }
      placed.file = file;
      placed.start = blocks[i]->start;
      in_schemas |= key.in_database_schema;
    }
  }
  data->uses_database_schemas = in_schemas;
  data->owners.take(std::move(made), data->declarations, std::mem_fn(&Placed::declaration));
  return std::shared_ptr<const Snapshot>(new Snapshot(std::move(data)));
}

std::span<const SourceFile> Snapshot::files() const {
  return data_->files;
}
const Options& Snapshot::options() const {
  return data_->options;
}

std::optional<FileId> Snapshot::find_file(std::string_view path) const {
  for (FileId file = 0; file < data_->files.size(); ++file) {
    if (data_->files[file].path == path) return file;
  }
  return std::nullopt;
}

std::span<const Placed> Snapshot::declarations() const {
  return data_->declarations;
}

const Placed* Snapshot::find(std::string_view name) const {
  const auto it = data_->names->find(name);
  return it == data_->names->end() ? nullptr : &data_->declarations[it->second.index];
}

const Placed* Snapshot::declaration_at(FilePosition at) const {
  if (at.file >= data_->extents.size()) return nullptr;
  const FileExtent extent = data_->extents[at.file];
  const auto own = std::span(data_->declarations).subspan(extent.first, extent.last - extent.first);
  const auto after = std::ranges::upper_bound(own, at.offset, {}, &Placed::start);
  if (after == own.begin()) return nullptr;
  const Placed& placed = *std::prev(after);
  return at.offset <= placed.start + placed->block->range.end ? &placed : nullptr;
}

const Datasource* Snapshot::datasource() const {
  return data_->datasources.empty() ? nullptr : &data_->datasources.front();
}
std::span<const Datasource> Snapshot::datasources() const {
  return data_->datasources;
}
std::span<const Generator> Snapshot::generators() const {
  return data_->generators;
}

bool Snapshot::uses_database_schemas() const {
  return data_->uses_database_schemas;
}

bool Snapshot::has_composite_types() const {
  return data_->has_composite_types;
}

std::span<const FieldUse> Snapshot::fields_of_composite_type(std::string_view name) const {
  std::call_once(data_->composite_fields_found, [this] {
    for (const Placed& placed : data_->declarations) {
      for (const Field& field : placed->fields) {
        if (field.kind == TypeKind::composite_type)
          data_->composite_fields[field.type_name].push_back({&placed, &field});
      }
    }
  });
  const auto found = data_->composite_fields.find(name);
  if (found == data_->composite_fields.end()) return {};
  return found->second;
}

std::optional<FileRange> Snapshot::known_place_of(const syntax::Block& block, text::Range relative) const {
  if (const auto placed = data_->configuration.find(&block); placed != data_->configuration.end())
    return FileRange{placed->second.file, relative.shifted(placed->second.start)};
  if (const Placed* placed = find(block.name.text); placed && (*placed)->block.get() == &block) {
    return placed->in_file(relative);
  }
  return std::nullopt;
}

FileRange Snapshot::place_of(const syntax::Block& block, text::Range relative) const {
  if (const auto known = known_place_of(block, relative)) return *known;
  for (FileId file = 0; file < data_->files.size(); ++file) {
    for (const syntax::PlacedBlock& placed : data_->files[file].syntax->blocks()) {
      if (placed.block == &block) return {file, placed.in_file(relative)};
    }
  }
  return {0, relative};
}

Provider Snapshot::provider() const {
  const Datasource* source = datasource();
  return source ? source->provider.value_or(Provider::postgresql) : Provider::postgresql;
}

bool Snapshot::has_preview_feature(std::string_view feature) const {
  return std::ranges::any_of(data_->generators, [&](const Generator& generator) {
    return std::ranges::any_of(generator.preview_features, [&](std::string_view name) {
      return std::ranges::equal(name, feature, [](char a, char b) { return ascii::to_lower(a) == ascii::to_lower(b); });
    });
  });
}

}  // namespace refract::schema
