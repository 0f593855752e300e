#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace refract::support {

// Keeps alive the objects that a list of plain pointers refers to. Lists that follow one another differ in few of
// them; a copy of this costs a few reference counts, where one of shared pointers costs as many as it has elements.
// What a list no longer refers to lives on until the next renew().
template <class T>
class Owners {
 public:
  const T* add(std::shared_ptr<const T> object) {
    recent_.push_back(std::move(object));
    return recent_.back().get();
  }

  // Whether it holds so much since the last renew() that this is worth its cost.
  bool wants_renewal() const { return recent_.size() > kMostRecent; }

  // Keeps what `list` refers to, by `pointer_of` an element, and lets go of everything else.
  template <class List, class PointerOf>
  void renew(const List& list, PointerOf pointer_of) {
    auto all = std::make_shared<std::vector<std::shared_ptr<const T>>>();
    all->reserve(list.size());
    for (const auto& element : list) all->push_back(pointer_of(element)->shared_from_this());
    base_ = std::move(all);
    recent_.clear();
  }

 private:
  static constexpr std::size_t kMostRecent = 128;
  std::shared_ptr<const std::vector<std::shared_ptr<const T>>> base_;
  std::vector<std::shared_ptr<const T>> recent_;
};

}  // namespace refract::support
