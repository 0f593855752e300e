#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace refract {

// A text that does not change; copies share it.
class SharedText {
 public:
  SharedText() = default;
  SharedText(std::string text) : text_(std::make_shared<const std::string>(std::move(text))) {}
  SharedText(const char* text) : SharedText(std::string(text)) {}

  std::string_view view() const { return text_ ? std::string_view(*text_) : std::string_view(); }
  operator std::string_view() const { return view(); }
  bool empty() const { return view().empty(); }
  std::size_t size() const { return view().size(); }
  friend bool operator==(const SharedText& one, const SharedText& other) {
    return one.text_ == other.text_ || one.view() == other.view();
  }

 private:
  std::shared_ptr<const std::string> text_;
};

}  // namespace refract
