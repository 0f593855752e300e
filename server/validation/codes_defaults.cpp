#include "validation/code_families.h"

// Defaults and functions.
namespace refract::validation {

namespace {

constexpr CodeInfo kCodes[] = {
    {"default-type", "A default of the wrong type", "The default must be a value of the field's type."},
    {"default-boolean", "A Boolean default that is neither true nor false", "Write `true` or `false`, without quotes."},
    {"default-content", "A default that is no value of its type",
     "Strings for `DateTime`, `Json`, `Bytes` and `Decimal` are checked for their form; integers have at most 64 "
     "bits."},
    {"default-is-a-list", "A list as the default of a single value", "Remove the brackets, or make the field a list."},
    {"default-not-a-list", "A single value as the default of a list", "Put brackets around the value."},
    {"default-unknown-enum-value", "A default that its enum does not have",
     "Use a value of the enum, or add it there."},
    {"default-function-type", "A function that does not fit the type",
     "`now()` makes a DateTime, `autoincrement()` an Int or BigInt, `uuid()` and its like a String."},
    {"default-on-relation", "A default on a relation",
     "A relation has no column. Put the default on the field that holds the key."},
    {"default-on-unsupported", "A default on an unsupported type",
     "Only the database can make such a value: `@default(dbgenerated(\"…\"))`."},
    {"default-on-composite", "A default on a composite value", "Values of composite types have no default."},
    {"default-on-composite-field", "A function as default inside of a composite type",
     "Only Prisma Client fills fields of composite types, so database functions cannot be used."},
    {"composite-default-map", "A named default inside of a composite type",
     "Only columns of tables have named defaults."},
    {"default-named-autoincrement", "A name for `autoincrement()`",
     "A sequence is no default constraint and has no such name."},
    {"default-name-unsupported", "Named defaults are not supported", "Only SQL Server names its default constraints."},
    {"function-argument", "A wrong argument of a function", "See the function's documentation for what it takes."},
    {"function-takes-no-argument", "An argument for a function without any", "Empty the parentheses."},
    {"unknown-function", "An unknown function", "For a function of the database write `dbgenerated(\"…\")`."},
    {"sequence-option", "An unknown option of `sequence()`",
     "It knows `virtual`, `cache`, `increment`, `minValue`, `maxValue` and `start`."},
    {"auto-unsupported", "`auto()` is MongoDB's", "Only MongoDB makes ObjectIds for new documents."},
    {"autoincrement-unsupported", "`autoincrement()` is not supported", "The database has no sequences."},
    {"autoincrement-int", "`autoincrement()` on Int",
     "CockroachDB's sequences make 64-bit numbers. Use `BigInt` or `sequence()`."},
    {"autoincrement-off-id", "`autoincrement()` on a field that is no id", "SQLite counts only in the primary key."},
    {"autoincrement-unindexed", "`autoincrement()` on a field without index",
     "MySQL wants an index that begins with the field."},
    {"several-autoincrements", "Several `autoincrement()` in one model",
     "The database counts in one column of a table."},
};

}  // namespace

std::span<const CodeInfo> defaults_codes() {
  return kCodes;
}

}  // namespace refract::validation
