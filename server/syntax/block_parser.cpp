#include "syntax/block_parser.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "syntax/characters.h"
#include "syntax/documentation.h"
#include "syntax/member_scanner.h"
#include "syntax/tree.h"

namespace refract::syntax {

namespace {

text::Offset offset(std::size_t position) {
  return static_cast<text::Offset>(position);
}

// Recovers the name and, if present, the type of a field whose line does not parse.
std::optional<Field> read_broken_field(std::string_view text, const Member& member_line) {
  const std::size_t length = name_length(text, member_line.range.begin);
  if (length == 0) return std::nullopt;
  Field field;
  field.range = {member_line.range.begin, member_line.content_end};
  field.line = member_line.range;
  field.name = {text.substr(member_line.range.begin, length),
                {member_line.range.begin, offset(member_line.range.begin + length)}};
  std::size_t at = skip_space(text, field.name.range.end);
  if (at < member_line.content_end && text[at] == ':') at = skip_space(text, at + 1);
  const std::size_t type_length = name_length(text, at);
  if (type_length == 0) return field;
  FieldType type;
  type.range = {offset(at), offset(at + type_length)};
  type.name = {text.substr(at, type_length), type.range};
  const std::string_view after = text.substr(type.range.end);
  const std::size_t arity_length = after.starts_with("[]") ? 2 : after.starts_with('?') ? 1 : 0;
  if (arity_length > 0) {
    type.arity = arity_length == 2 ? Arity::list : Arity::optional;
    type.arity_range = {type.range.end, offset(type.range.end + arity_length)};
    type.range.end = type.arity_range.end;
  }
  field.type = type;
  return field;
}

// Builds one Block. Invariant: every offset here is relative to the block's text.
class BlockParser {
 public:
  BlockParser(Block& block, const Segment& segment, int prisma)
      : block_(block), text_(block.text), prisma_(prisma), begin_(segment.range.begin) {
    block.kind = segment.kind;
    block.keyword = token(segment.keyword);
    block.name = token(segment.name);
    block.range = {relative(segment.keyword.begin), relative(segment.close + 1)};
    block.header_range = {block.range.begin, relative(segment.open + 1)};
    block.body_range = {block.header_range.end, relative(segment.close)};
    const text::Range comments{relative(segment.comment_begin), relative(segment.comment_end)};
    const std::string_view above = text_.substr(comments.begin, comments.size());
    block.documentation = documentation_in(above);
    block.since_prisma = segment.since_prisma;
    if (above.find("/*") != std::string_view::npos) needs_prisma(kBlockComments);
    members_begin_ = relative(segment.body);
  }

  void read_members(bool plain_header, const Block* older) {
    MemberScanner scanner(text_, prisma_);
    MemberReader reader(text_, block_.kind, plain_header, older);
    text::Range comments;
    for (text::Offset at = members_begin_; at < block_.body_range.end;) {
      const Member member = scanner.next(at, block_.kind);
      if (member.kind == MemberKind::comment) {
        if (comments.end != at || comments.empty()) comments.begin = at;
        comments.end = member.range.end;
        if (text_.substr(member.range.begin, 2) == "/*") needs_prisma(kBlockComments);
      } else if (member.kind == MemberKind::line) {
        read_line(member, reader, comments);
      }
      at = member.range.end;
    }
    std::ranges::stable_sort(block_.errors, {}, [](const SyntaxError& error) { return error.range; });
  }

 private:
  text::Offset relative(text::Offset in_file) const { return in_file - begin_; }
  Token token(text::Range in_file) const {
    const text::Range range{relative(in_file.begin), relative(in_file.end)};
    return {text_.substr(range.begin, range.size()), range};
  }
  void report(SyntaxErrorKind kind, text::Range range, std::string_view subject = {}) {
    block_.errors.push_back({kind, range, std::string(subject)});
  }

  void needs_prisma(int version) { block_.since_prisma = std::max(block_.since_prisma, version); }

  void read_line(const Member& member_line, MemberReader& reader, text::Range& comments) {
    const text::Range content{member_line.range.begin, member_line.content_end};
    std::optional<LoweredMember> member = reader.read(content);
    if (member) needs_prisma(member->since_prisma);
    if (!member || member->since_prisma > prisma_) {
      report(SyntaxErrorKind::invalid_member, member_line.range);
      if (!block_.has_fields()) return;
      if (auto field = read_broken_field(text_, member_line)) block_.broken_fields.push_back(std::move(*field));
      return;
    }
    std::size_t index = 0;
    bool valid = member->string_errors.empty();
    switch (member->kind) {
      case LoweredMember::Kind::attribute:
        index = block_.attributes.size();
        block_.attributes.push_back(std::move(member->attribute));
        break;
      case LoweredMember::Kind::property:
        member->property.documentation = take_documentation(comments, *member);
        index = block_.properties.size();
        block_.properties.push_back(std::move(member->property));
        break;
      case LoweredMember::Kind::value:
        member->value.documentation = take_documentation(comments, *member);
        member->value.line = member_line.range;
        index = block_.values.size();
        block_.values.push_back(std::move(member->value));
        break;
      case LoweredMember::Kind::field:
        member->field.documentation = take_documentation(comments, *member);
        member->field.line = member_line.range;
        index = block_.fields.size();
        if (!add_field(*member, member_line)) return;
        valid = valid && block_.fields.size() > index;
        break;
    }
    if (valid) {
      block_.members.push_back({.content = content,
                                .comment = member->comment.value_or(text::Range()),
                                .kind = member->kind,
                                .since_prisma = static_cast<std::uint8_t>(member->since_prisma),
                                .index = static_cast<std::uint32_t>(index)});
    }
    std::ranges::move(member->string_errors, std::back_inserter(block_.errors));
  }

  // A field's documentation: the last group of comment lines before it, even with other lines in between, and then its
  // trailing comment.
  Documentation take_documentation(text::Range& comments, const LoweredMember& member) {
    const text::Range above = std::exchange(comments, {});
    Documentation documentation = documentation_in(text_.substr(above.begin, above.size()));
    if (member.comment)
      append_documentation(documentation, text_.substr(member.comment->begin, member.comment->size()));
    return documentation;
  }

  // Prisma reports only the first error of a field, checked in this order. It reads the attributes only if name and
  // type are valid. False: the attributes were not read.
  bool add_field(LoweredMember& member, const Member& member_line) {
    Field& field = member.field;
    const std::string_view name = field.name.text;
    if (member.legacy_colon) {
      report(SyntaxErrorKind::legacy_colon, *member.legacy_colon, name);
    } else if (member.legacy_type) {
      report(*member.legacy_type, field.type->range, field.type->name.text);
    } else if (!field.type) {
      report(SyntaxErrorKind::field_without_type, member_line.range, name);
    } else {
      block_.fields.push_back(std::move(field));
      return true;
    }
    const bool attributes_read = !member.legacy_colon && !member.legacy_type;
    block_.broken_fields.push_back(std::move(field));
    return attributes_read;
  }

  Block& block_;
  std::string_view text_;
  int prisma_;
  text::Offset begin_;
  text::Offset members_begin_ = 0;
};

}  // namespace

std::shared_ptr<const Block> parse_block(std::string_view text, const Segment& segment, int prisma,
                                         const Block* older) {
  auto block = std::make_shared<Block>();
  block->kind = segment.kind;
  block->text = text;
  if (segment.kind == BlockKind::filler) {
    block->errors = segment.errors;
    block->since_prisma = segment.since_prisma;
    return block;
  }
  BlockParser parser(*block, segment, prisma);
  if (segment.kind == BlockKind::unknown) {
    block->errors.push_back({SyntaxErrorKind::unknown_block, block->range, std::string(block->keyword.text)});
    return block;
  }
  parser.read_members(segment.plain_header, older);
  return block;
}

}  // namespace refract::syntax
