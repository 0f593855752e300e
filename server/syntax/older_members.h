#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "syntax/lowered_member.h"

namespace refract::syntax {

// The members of an older version of a block. What a member means depends on its own lines alone, so a newer version
// has the same where these are the same.
class OlderMembers {
 public:
  OlderMembers(const Block& older, std::string_view text);

  // Whether most of the text is that of the older version.
  bool are_most() const { return 2 * (head_ + tail_) >= text_.size(); }
  // The member with this content, placed in the newer text; nullopt: it has to be read.
  std::optional<LoweredMember> find(text::Range content) const;

 private:
  const Block& older_;
  std::string_view text_;
  // Bytes that the texts share at the beginning, and of the others at the end.
  std::size_t head_ = 0;
  std::size_t tail_ = 0;
};

}  // namespace refract::syntax
