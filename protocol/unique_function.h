#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace refract::protocol {

// A function that may own what cannot be copied, called like std::move_only_function, which libc++ 19 does not have.
template <class Signature>
class UniqueFunction;

template <class Result, class... Arguments>
class UniqueFunction<Result(Arguments...)> {
 public:
  UniqueFunction() = default;
  UniqueFunction(std::nullptr_t) {}
  template <class Callable>
  requires(!std::same_as<std::remove_cvref_t<Callable>, UniqueFunction> &&
           std::is_invocable_r_v<Result, std::decay_t<Callable>&, Arguments...>) UniqueFunction(Callable&& callable)
      : target_(std::make_unique<Holder<std::decay_t<Callable>>>(std::forward<Callable>(callable))) {}

  explicit operator bool() const { return target_ != nullptr; }
  // Must hold a function.
  Result operator()(Arguments... arguments) { return target_->call(std::forward<Arguments>(arguments)...); }

 private:
  struct Target {
    virtual ~Target() = default;
    virtual Result call(Arguments... arguments) = 0;
  };
  template <class Callable>
  struct Holder final : Target {
    template <class From>
    explicit Holder(From&& from) : callable(std::forward<From>(from)) {}
    Result call(Arguments... arguments) override {
      return std::invoke_r<Result>(callable, std::forward<Arguments>(arguments)...);
    }
    Callable callable;
  };

  std::unique_ptr<Target> target_;
};

}  // namespace refract::protocol
