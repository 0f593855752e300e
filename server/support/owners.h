#pragma once

#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace refract::support {

// Keeps alive the objects that a list of plain pointers refers to. Lists that follow one another differ in few of
// them; a copy of this costs a few reference counts, where one of shared pointers costs as many as it has elements.
// What a list no longer refers to lives on for a while.
template <class T>
class Owners {
 public:
  // Adds all of these; and where it then holds many, keeps only what `list` refers to, by `pointer_of` an element.
  template <class List, class PointerOf>
  void take(std::vector<std::shared_ptr<const T>> objects, const List& list, PointerOf pointer_of) {
    recent_.insert(recent_.end(), std::make_move_iterator(objects.begin()), std::make_move_iterator(objects.end()));
    if (recent_.size() <= kMaxRecent) return;
    std::vector<std::shared_ptr<const T>> all;
    all.reserve(list.size());
    for (const auto& element : list) all.push_back(pointer_of(element)->shared_from_this());
    base_ = std::make_shared<const std::vector<std::shared_ptr<const T>>>(std::move(all));
    recent_.clear();
  }

 private:
  static constexpr std::size_t kMaxRecent = 128;
  std::shared_ptr<const std::vector<std::shared_ptr<const T>>> base_;
  std::vector<std::shared_ptr<const T>> recent_;
};

}  // namespace refract::support
