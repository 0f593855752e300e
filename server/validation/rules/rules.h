#pragma once

#include <memory>
#include <string_view>

#include "schema/connector.h"
#include "schema/naming_style.h"
#include "schema/snapshot.h"
#include "validation/core/block_diagnostic.h"
#include "validation/core/uncertainty.h"
#include "validation/mistakes/mistake.h"

// The rule families. Prisma validates in two stages: the local checks read every declaration by itself (names, types,
// attributes and their arguments) together with syntax and configuration; the schema checks run only on a schema that
// passed the local checks. Source of the rules: prisma-engines, psl/parser-database and psl/psl-core, and Prisma's
// engines themselves where versions differ.
namespace refract::validation {

class CascadeGraph;

// What holds for the whole schema.
struct Environment {
  const schema::Snapshot* snapshot = nullptr;
  const schema::Connector* connector = nullptr;
  schema::PrismaVersion version = schema::PrismaVersion::v6;
  const schema::Datasource* datasource = nullptr;
  bool foreign_keys = true;                  // relationMode
  bool uses_schema_attribute = false;        // some declaration has @@schema (Prisma 5 then wants it everywhere)
  const Uncertainty* uncertainty = nullptr;  // nullptr: everything is taken as it is written
  bool tolerant = false;                     // AnalysisMode::tolerant: reports go on where Prisma's stop
  // How fixes write what they add. What they ask of the whole schema is an input of their diagnostics from then on.
  std::shared_ptr<const schema::NamingStyle> style;
  // Made when a rule first asks for it (cascades.cpp). It holds for this `uncertainty`.
  mutable std::shared_ptr<const CascadeGraph> cascades;

  // True for a declaration about which nothing may be concluded from outside of it.
  bool is_uncertain(std::string_view declaration) const {
    return uncertainty && uncertainty->invalid.contains(declaration);
  }

  // True for a declaration with an error in its syntax.
  bool is_unread(std::string_view declaration) const {
    return uncertainty && uncertainty->unread.contains(declaration);
  }

  bool is(schema::Provider provider) const { return datasource && datasource->provider == provider; }
  MistakeContext mistakes() const { return {*snapshot, datasource, version}; }
  bool preview(std::string_view feature) const { return snapshot->has_preview_feature(feature); }
};

// One declaration under validation.
struct Subject {
  const Environment& environment;
  const schema::Placed& placed;
  const schema::Declaration& declaration;
  Report& report;

  const syntax::Block& block() const { return *declaration.block; }
  Place at(text::Range range) const { return {declaration.block.get(), range}; }
  Place whole() const { return at(declaration.block->range); }
  const schema::Snapshot& snapshot() const { return *environment.snapshot; }
  const schema::Connector& connector() const { return *environment.connector; }
  std::string_view kind() const;  // "model", "view", "enum", "type"
};

// Local checks.
void check_syntax(const Environment& environment, const syntax::Block& block, Report& report);
// A part of check_syntax(), which is not called for datasources and generators that Prisma can read.
void check_member_after_brace(const MistakeContext& context, const syntax::Block& block, Report& report);
void check_names(Subject& subject);
void check_types(Subject& subject);
void check_attributes(Subject& subject);
void check_configuration(const Environment& environment, Report& report);

// Schema checks. `check_model` covers models and views up to their indexes and returns false at an ambiguous
// relation, where Prisma stops.
void check_datasource_features(const Environment& environment, Report& report);
void check_composite(Subject& subject);
void check_unknown_functions(Subject& subject);
[[nodiscard]] bool check_model(Subject& subject);
void check_enum(Subject& subject);
void check_relations(Subject& subject);

}  // namespace refract::validation
