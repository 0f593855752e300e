#include "syntax/format_block.h"

#include <algorithm>
#include <array>

#include "syntax/characters.h"
#include "syntax/conflict_markers.h"
#include "text/unicode.h"

namespace refract::syntax {
namespace {

// The order that Prisma's formatter gives to the attributes of a field and of a block; others follow as they come.
constexpr std::array<std::string_view, 9> kAttributeOrder = {"id",       "unique", "default",  "updatedAt", "index",
                                                             "fulltext", "map",    "relation", "ignore"};

std::size_t attribute_rank(std::string_view text) {
  text.remove_prefix(text.find_first_not_of('@'));
  const auto path = text.substr(0, text.find('('));
  const auto* found = std::find(kAttributeOrder.begin(), kAttributeOrder.end(), path);
  return static_cast<std::size_t>(found - kAttributeOrder.begin());
}

std::string_view trim_begin(std::string_view text) {
  while (!text.empty()) {
    const auto [value, size] = text::code_point_at(text, 0);
    if (!text::is_white_space(value)) break;
    text.remove_prefix(size);
  }
  return text;
}

std::string_view trim_end(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [value, size] = text::code_point_at(text, at);
    at += size;
    if (!text::is_white_space(value)) end = at;
  }
  return text.substr(0, end);
}

// Whether each line after the first one begins with a star.
bool has_stars(std::string_view comment) {
  for (auto end = comment.find('\n'); end != std::string_view::npos; end = comment.find('\n')) {
    comment.remove_prefix(end + 1);
    if (!trim_begin(comment).starts_with('*')) return false;
  }
  return true;
}

// The lines of a block comment as Prisma writes them.
void add_rewritten_comment(std::string_view comment, FormatTable& table) {
  // Prisma cuts two bytes off in front, white space included. So of an indented comment that follows another one
  // a slash and stars can become part of the text; the answer has to agree there as well.
  const auto begin = comment.find('/');
  std::size_t cut = 2;
  while (cut < begin && (static_cast<unsigned char>(comment[cut]) & 0xC0U) == 0x80U) ++cut;
  std::string_view rest = comment.substr(cut, comment.size() - 2 - cut);
  table.add_line("/**");
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    std::string_view line = trim_end(trim_begin(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.starts_with('*')) line = trim_begin(line.substr(1));
    if (!line.empty()) table.add_line(line, " * ");
  }
  table.add_line(" */");
}

}  // namespace

void add_comment(std::string_view comment, FormatTable& table, bool like_prisma) {
  const auto text = comment.substr(comment.find('/'));
  if (text.starts_with("//")) return table.add_line(text);
  if (like_prisma) return add_rewritten_comment(comment, table);
  if (!has_stars(text)) return table.add_line(text);
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto line = trim_end(text.substr(at, end - at));
    table.add_line(at == 0 ? line : trim_begin(line), at == 0 ? "" : " ");
    at = end + 1;
  }
}

bool read_comments(Scanner& scanner, std::vector<std::string_view>& comments) {
  bool found = false;
  for (;;) {
    const auto begin = scanner.at();
    if (found) scanner.skip_white();
    if (!scanner.trailing_comment()) {
      scanner.move_to(begin);
      return found;
    }
    comments.push_back(scanner.since(begin));
    scanner.line_end();
    found = true;
  }
}

bool BlockFormatter::format(Scanner& scanner, std::string& out) {
  struct Keyword {
    std::string_view word;
    Contents contents;
  };
  static constexpr std::array<Keyword, 6> kKeywords = {{{"model", Contents::fields},
                                                        {"type", Contents::fields},
                                                        {"view", Contents::fields},
                                                        {"enum", Contents::values},
                                                        {"datasource", Contents::properties},
                                                        {"generator", Contents::properties}}};
  found_broken_line_ = false;
  const auto begin = scanner.at();
  const auto* keyword = std::find_if(kKeywords.begin(), kKeywords.end(),
                                     [&](const Keyword& candidate) { return scanner.literal(candidate.word); });
  if (keyword == kKeywords.end()) return false;
  scanner.skip_white();
  const auto name_begin = scanner.at();
  if (scanner.identifier()) {
    const auto name = scanner.since(name_begin);
    scanner.skip_white();
    if (scanner.literal("{")) {
      const bool goes_on = goes_on_after_brace(scanner);
      const bool rest = goes_on && !like_prisma_ && scanner.at() > 0 && scanner.text()[scanner.at() - 1] != '\n';
      if (goes_on && read_members(scanner, keyword->contents)) {
        out += keyword->word;
        out += ' ';
        out += name;
        out += " {";
        if (rest && !stands_alone(members_.front())) {
          // Prisma ignores it there; on a line of its own it would be an error.
          out += ' ';
          const auto begin = members_.front().start;
          out += trim_end(scanner.text().substr(begin, line_end(scanner.text(), begin) - begin));
          members_.erase(members_.begin());
        }
        out += '\n';
        lay_out(out);
        out += "}\n";
        return true;
      }
    }
  }
  scanner.move_to(begin);
  return false;
}

// Whether a member that was found after the opening brace may get a line of its own: a comment, or what is whole.
bool BlockFormatter::stands_alone(const Member& member) {
  if (member.kind == MemberKind::field) return member.value.begin < member.value.end;
  return member.kind != MemberKind::broken;
}

// Moves to the first member. Prisma ignores what is on the line of the opening brace, and removes it. False: there is
// no line after it, or the block ends on it.
bool BlockFormatter::goes_on_after_brace(Scanner& scanner) const {
  if (like_prisma_) {
    scanner.to_line_end();
    return scanner.line_end();
  }
  scanner.skip_white();
  return scanner.line_end() || (!scanner.at_end() && !scanner.closes_on_line());
}

// Reads up to the closing brace and over it. False at the end of the text.
bool BlockFormatter::read_members(Scanner& scanner, Contents contents) {
  members_.clear();
  comments_.clear();
  cells_.clear();
  auto& unclosed = unclosed_[static_cast<std::size_t>(contents)];
  if (std::ranges::binary_search(unclosed, scanner.at())) return false;
  for (;;) {
    Member member;
    const auto start = scanner.at();
    if (scanner.blank_lines()) {
      member.kind = MemberKind::blank_lines;
      member.start = start;
      members_.push_back(member);
      continue;
    }
    scanner.skip_white();
    if (scanner.at_end()) {
      if (unclosed.empty())
        for (const Member& read : members_) unclosed.push_back(read.start);
      return false;
    }
    if (scanner.literal("}")) return true;
    if (!read_line(scanner, contents, member)) {
      const auto begin = scanner.at();
      member = {};
      member.first_comment = comments_.size();
      if (read_comments(scanner, comments_)) {
        member.kind = MemberKind::comments;
        member.last_comment = comments_.size();
      } else {
        scanner.to_line_end();
        scanner.line_end();
        member.name = scanner.since(begin);
        if (member.name.ends_with('\n')) member.name.remove_suffix(1);
        found_broken_line_ = true;
      }
    }
    member.start = start;
    members_.push_back(member);
  }
}

// Reads a member that takes its whole line; the scanner is at its first character.
bool BlockFormatter::read_line(Scanner& scanner, Contents contents, Member& member) {
  const auto begin = scanner.at();
  const auto cells = cells_.size();
  const bool property = contents == Contents::properties;
  if (property ? read_property(scanner, member) : read_field(scanner, contents, member)) return true;
  cells_.resize(cells);
  scanner.move_to(begin);
  member = {};
  if (!property && read_attribute(scanner, member)) return true;
  cells_.resize(cells);
  scanner.move_to(begin);
  return false;
}

bool BlockFormatter::read_field(Scanner& scanner, Contents contents, Member& member) {
  const auto begin = scanner.at();
  if (!scanner.identifier()) return false;
  member.name = scanner.since(begin);
  member.kind = MemberKind::value;
  scanner.skip_white();
  if (contents == Contents::fields) {
    member.kind = MemberKind::field;
    if (scanner.dialect().loses_marks) scanner.literal(":");
    scanner.skip_white();
    member.value.begin = cells_.size();
    if (!scanner.field_type(cells_)) cells_.resize(member.value.begin);
    member.value.end = cells_.size();
  }
  attributes_.clear();
  for (;;) {
    scanner.skip_white();
    if (!scanner.literal("@")) break;
    scanner.skip_white();
    FieldAttribute attribute;
    attribute.text.begin = cells_.size();
    cells_ += '@';
    if (!scanner.attribute(cells_)) return false;
    attribute.text.end = cells_.size();
    attribute.rank = attribute_rank(view(attribute.text));
    attributes_.push_back(attribute);
  }
  // An enum value's attributes are in the second column, a field's in the third.
  (contents == Contents::fields ? member.attributes : member.value) = join_attributes(contents);
  return read_end(scanner, member);
}

bool BlockFormatter::read_property(Scanner& scanner, Member& member) {
  const auto begin = scanner.at();
  if (!scanner.identifier()) return false;
  member.kind = MemberKind::property;
  member.name = scanner.since(begin);
  scanner.skip_white();
  if (!scanner.literal("=")) return false;
  scanner.skip_white();
  member.value.begin = cells_.size();
  cells_ += "= ";
  if (!scanner.expression(cells_)) {
    if (!like_prisma_) return false;
    // Without a value Prisma writes the key alone.
    cells_.resize(member.value.begin);
  }
  member.value.end = cells_.size();
  return read_end(scanner, member);
}

bool BlockFormatter::read_attribute(Scanner& scanner, Member& member) {
  if (!scanner.literal("@@")) return false;
  member.kind = MemberKind::attribute;
  scanner.skip_white();
  member.value.begin = cells_.size();
  cells_ += "@@";
  if (!scanner.attribute(cells_)) return false;
  member.value.end = cells_.size();
  member.rank = attribute_rank(view(member.value));
  return read_end(scanner, member);
}

// The comment and the line end after a member.
bool BlockFormatter::read_end(Scanner& scanner, Member& member) const {
  scanner.skip_white();
  const auto begin = scanner.at();
  if (scanner.trailing_comment()) member.comment = scanner.since(begin);
  scanner.skip_white();
  return scanner.line_end();
}

// Prisma writes the attributes of a field in its own order, those of an enum value as they come and without spaces.
BlockFormatter::Cell BlockFormatter::join_attributes(Contents contents) {
  if (attributes_.size() == 1) return attributes_.front().text;
  const bool sorted = contents == Contents::fields;
  if (sorted) std::ranges::stable_sort(attributes_, {}, &FieldAttribute::rank);
  const auto begin = cells_.size();
  for (const FieldAttribute& attribute : attributes_) {
    if (sorted && cells_.size() > begin) cells_ += ' ';
    cells_.append(cells_, attribute.text.begin, attribute.text.end - attribute.text.begin);
  }
  return {begin, cells_.size()};
}

// Whether Git's markers are among the lines, so that all have to stay between those that they are between.
bool BlockFormatter::has_conflict() const {
  return !like_prisma_ && std::ranges::any_of(members_, [](const Member& member) {
    return member.kind == MemberKind::broken && conflict_marker(member.name) != ConflictMarker::none;
  });
}

void BlockFormatter::lay_out(std::string& out) {
  std::vector<BlockAttribute> block_attributes;
  // Block attributes go to the end; what they leave behind has no blank line before it. Prisma writes one, and removes
  // it the next time.
  bool begun = false;
  const bool in_conflict = has_conflict();
  for (std::size_t i = 0; i < members_.size(); ++i) {
    const Member& member = members_[i];
    const bool below_some = like_prisma_ ? i > 0 : begun;
    const Member* next = i + 1 < members_.size() ? &members_[i + 1] : nullptr;
    const bool before_attribute = next != nullptr && next->kind == MemberKind::attribute && !in_conflict;
    switch (member.kind) {
      case MemberKind::blank_lines:
        // Blank lines at either end vanish, and the one before the block attributes is written with them. A comment
        // decides by what follows it.
        if (below_some && next != nullptr && !before_attribute && next->kind != MemberKind::comments)
          start_section(out);
        break;
      case MemberKind::comments:
        if (before_attribute) break;
        if (i > 1 && below_some && members_[i - 1].kind == MemberKind::blank_lines) start_section(out);
        add_comments(member);
        begun = true;
        break;
      case MemberKind::attribute: {
        if (in_conflict) {
          table_.render(out, indent_);
          table_.add({.cells = {view(member.value)}, .suffix = member.comment});
          table_.render(out, indent_);
          begun = true;
          break;
        }
        const bool commented = i > 0 && members_[i - 1].kind == MemberKind::comments;
        block_attributes.push_back({&member, commented ? &members_[i - 1] : nullptr});
        break;
      }
      case MemberKind::broken:
        if (!like_prisma_ && conflict_marker(member.name) != ConflictMarker::none)
          table_.add_line_at_margin(member.name);
        else
          table_.add_line(member.name);
        begun = true;
        break;
      default:
        begun = true;
        table_.add({.cells = {member.name, view(member.value), view(member.attributes)}, .suffix = member.comment});
    }
  }
  table_.render(out, indent_);

  if (block_attributes.empty()) return;
  table_.add_blank();
  std::ranges::stable_sort(block_attributes, {}, [](const BlockAttribute& entry) { return entry.attribute->rank; });
  for (const auto& [attribute, comments] : block_attributes) {
    if (comments != nullptr) add_comments(*comments);
    table_.add({.cells = {view(attribute->value)}, .suffix = attribute->comment});
  }
  table_.render(out, indent_);
}

// Lines after a blank line are aligned among themselves.
void BlockFormatter::start_section(std::string& out) {
  table_.render(out, indent_);
  table_.add_blank();
}

void BlockFormatter::add_comments(const Member& member) {
  for (std::size_t i = member.first_comment; i < member.last_comment; ++i)
    add_comment(comments_[i], table_, like_prisma_);
}

}  // namespace refract::syntax
