#pragma once

// toml++, for all that read and write TOML: the one place where it is included and configured.
//
// Its parser asserts that a key begins with a character of a key, which [` does not, and tells Clang to assume it where
// NDEBUG is set; the error that it reports behind the assertion is the right answer to such a text.
#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(expr) static_assert(true)
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")
