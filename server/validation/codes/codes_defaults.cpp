#include "validation/codes/code_families.h"

// Defaults and functions.
namespace refract::validation {

namespace {

constexpr CodeInfo kCodes[] = {
    {"default-type", "A default value of another type", "The default must be a value of the field's type."},
    {"default-boolean", "A `Boolean` default that is neither `true` nor `false`",
     "Write `true` or `false`, without quotes."},
    {"default-content", "A default that is not a valid value of its type",
     "Strings for `DateTime`, `Json`, `Bytes` and `Decimal` must have the form of these types; integers have at most "
     "64 bits."},
    {"default-is-a-list", "A list as the default of a single value", "Remove the brackets, or make the field a list."},
    {"default-not-a-list", "A single value as the default of a list", "Put brackets around the value."},
    {"default-unknown-enum-value", "A default that is not a value of its enum",
     "Use a value of the enum, or add it to the enum."},
    {"default-function-type", "A function of another type than the field",
     "`now()` returns a `DateTime`, `autoincrement()` an `Int` or `BigInt`, `uuid()` and similar functions a "
     "`String`."},
    {"default-on-relation", "A default on a relation field",
     "A relation field has no column. Put the default on the scalar field of the relation."},
    {"default-on-unsupported", "A default on an `Unsupported` field",
     "Only the database can compute such a value: `@default(dbgenerated(\"…\"))`."},
    {"default-on-composite", "A default on a field of composite type",
     "Composite types have no default values. Remove the default."},
    {"default-on-composite-field", "A database function as a default in a composite type",
     "Prisma Client fills in the fields of composite types, so functions of the database are not allowed."},
    {"composite-default-map", "A name for a default in a composite type",
     "Only the default of a column has a name. Remove `map`."},
    {"default-named-autoincrement", "A name for `autoincrement()`",
     "A sequence is not a default constraint and has no such name. Remove `map`."},
    {"default-name-unsupported", "An unsupported name for a default",
     "Only SQL Server supports named defaults. Remove `map`."},
    {"function-argument", "An invalid argument of a function", "See the function's documentation for its arguments."},
    {"function-takes-no-argument", "An argument of a function that takes none", "Remove the argument."},
    {"unknown-function", "An unknown function", "Write a function of the database as `dbgenerated(\"…\")`."},
    {"sequence-option", "An unknown option of `sequence()`",
     "The options of `sequence()` are `virtual`, `cache`, `increment`, `minValue`, `maxValue` and `start`."},
    {"auto-unsupported", "An unsupported `auto()`", "Only MongoDB supports `auto()`."},
    {"autoincrement-unsupported", "An unsupported `autoincrement()`",
     "The database has no sequences. Use another default."},
    {"autoincrement-int", "`autoincrement()` on an `Int` on CockroachDB",
     "CockroachDB generates 64-bit numbers. Use `BigInt` or `sequence()`."},
    {"autoincrement-off-id", "`autoincrement()` on a field that is not the id",
     "SQLite supports it in the primary key only."},
    {"autoincrement-unindexed", "`autoincrement()` on a field without an index",
     "MySQL requires an index that begins with the field."},
    {"several-autoincrements", "Several `autoincrement()` fields in one model", "The database supports one per table."},
};

}  // namespace

std::span<const CodeInfo> defaults_codes() {
  return kCodes;
}

}  // namespace refract::validation
