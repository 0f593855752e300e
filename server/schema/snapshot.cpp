#include "schema/snapshot.h"

#include <algorithm>
#include <cctype>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "schema/lower.h"

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
  std::size_t last = 0;   // behind them
};

struct PlacedConfiguration {
  FileId file;
  text::Offset start;
  const syntax::Block* block;
};

// Where a new block's declaration may come from.
struct Candidate {
  const Placed* old = nullptr;
};

}  // namespace

struct Snapshot::Data {
  std::vector<SourceFile> files;
  Options options;
  std::vector<Placed> declarations;
  std::vector<FileExtent> extents;  // by file
  // Kinds of all blocks, by file: most of a new file's kinds are known from the old one without a look at the blocks.
  std::vector<std::vector<syntax::BlockKind>> kinds;
  std::vector<Datasource> datasources;
  std::vector<Generator> generators;
  std::vector<PlacedConfiguration> configuration;
  std::vector<const syntax::Block*> keys;  // the declarations' blocks, to compare without following pointers
  std::shared_ptr<const NameTable> names;
};

namespace {

using Names = std::unordered_set<std::string_view>;

// Finds for the blocks of one file the declarations of the same blocks in its older version, and gathers the names
// that may mean something else now: those of the stretch between the common beginning and the common end.
void match_file(std::span<const syntax::PlacedBlock* const> blocks, std::span<const Placed> old,
                std::span<const syntax::Block* const> old_blocks, std::span<Candidate> found, Names& touched) {
  std::size_t head = 0;
  while (head < blocks.size() && head < old.size() && blocks[head]->block.get() == old_blocks[head]) {
    found[head].old = &old[head];
    ++head;
  }
  std::size_t tail = 0;
  while (head + tail < blocks.size() && head + tail < old.size() &&
         blocks[blocks.size() - 1 - tail]->block.get() == old_blocks[old.size() - 1 - tail]) {
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
    if (const auto it = by_block.find(blocks[i]->block.get()); it != by_block.end()) found[i].old = it->second;
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
  if (names.empty()) return false;
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

// The kinds of a file's blocks, taken from its older version where the blocks are the same.
std::vector<syntax::BlockKind> kinds_of(const std::vector<syntax::PlacedBlock>& blocks,
                                        std::span<const syntax::PlacedBlock> old,
                                        std::span<const syntax::BlockKind> old_kinds) {
  std::vector<syntax::BlockKind> kinds(blocks.size());
  std::size_t head = 0;
  while (head < blocks.size() && head < old.size() && blocks[head].block == old[head].block) {
    kinds[head] = old_kinds[head];
    ++head;
  }
  std::size_t tail = 0;
  while (head + tail < blocks.size() && head + tail < old.size() &&
         blocks[blocks.size() - 1 - tail].block == old[old.size() - 1 - tail].block) {
    kinds[blocks.size() - 1 - tail] = old_kinds[old.size() - 1 - tail];
    ++tail;
  }
  for (std::size_t i = head; i + tail < blocks.size(); ++i) kinds[i] = blocks[i].block->kind;
  return kinds;
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
  for (FileId file = 0; file < data->files.size(); ++file) {
    const std::size_t first = blocks.size();
    const auto& all = data->files[file].syntax->blocks();
    const auto before = previous ? previous->find_file(data->files[file].path) : std::nullopt;
    data->kinds.push_back(before ? kinds_of(all, old->files[*before].syntax->blocks(), old->kinds[*before])
                                 : kinds_of(all, {}, {}));
    for (std::size_t i = 0; i < all.size(); ++i) {
      const syntax::PlacedBlock& placed = all[i];
      const syntax::BlockKind kind = data->kinds.back()[i];
      if (kind_of(kind) != TypeKind::unknown) {
        blocks.push_back(&placed);
      } else if (kind == syntax::BlockKind::datasource) {
        data->datasources.push_back(lower_datasource(placed.block));
        data->configuration.push_back({file, placed.start, placed.block.get()});
      } else if (kind == syntax::BlockKind::generator) {
        data->generators.push_back(lower_generator(placed.block));
        data->configuration.push_back({file, placed.start, placed.block.get()});
      }
    }
    data->extents.push_back({first, blocks.size()});
  }

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
      std::span<const syntax::Block* const> old_blocks;
      if (before) {
        met[*before] = true;
        const FileExtent& place = old->extents[*before];
        old_own = std::span(old->declarations).subspan(place.first, place.last - place.first);
        old_blocks = std::span(old->keys).subspan(place.first, place.last - place.first);
      }
      match_file(own, old_own, old_blocks, std::span(candidates).subspan(extent.first, own.size()), touched);
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
  data->declarations.reserve(blocks.size());
  data->keys.reserve(blocks.size());
  for (const syntax::PlacedBlock* placed : blocks) data->keys.push_back(placed->block.get());
  for (FileId file = 0; file < data->files.size(); ++file) {
    for (std::size_t i = data->extents[file].first; i < data->extents[file].last; ++i) {
      const Placed* kept = candidates[i].old;
      data->declarations.push_back(
          {file, blocks[i]->start,
           kept && !mentions(**kept, touched) ? kept->declaration : lower_declaration(blocks[i]->block, resolve)});
    }
  }
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
  const auto behind = std::ranges::upper_bound(own, at.offset, {}, &Placed::start);
  if (behind == own.begin()) return nullptr;
  const Placed& placed = *std::prev(behind);
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

FileRange Snapshot::place_of(const syntax::Block& block, text::Range relative) const {
  for (const PlacedConfiguration& placed : data_->configuration) {
    if (placed.block == &block) return {placed.file, relative.shifted(placed.start)};
  }
  if (const Placed* placed = find(block.name.text); placed && (*placed)->block.get() == &block) {
    return placed->in_file(relative);
  }
  for (FileId file = 0; file < data_->files.size(); ++file) {
    for (const syntax::PlacedBlock& placed : data_->files[file].syntax->blocks()) {
      if (placed.block.get() == &block) return {file, placed.in_file(relative)};
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
      return std::ranges::equal(name, feature,
                                [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
    });
  });
}

}  // namespace refract::schema
