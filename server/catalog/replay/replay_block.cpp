#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "catalog/expression/condition.h"
#include "catalog/parse/block.h"
#include "catalog/replay/replayer.h"
#include "support/ascii.h"

// Follows a DO block. It is a subtransaction: its changes are rolled back if an error leaves it, and where
// it turns out that the effect is known only when it runs.
namespace refract::catalog {
namespace {

bool leaves_structure_alone(const BlockBody& body) {
  return std::ranges::all_of(body, [](const BlockStatement& statement) {
    if (const auto* sql = std::get_if<BlockSql>(&statement.what)) {
      return std::ranges::all_of(sql->steps,
                                 [](const Step& step) { return std::holds_alternative<DataStatement>(step.change); });
    }
    if (const auto* branches = std::get_if<BlockIf>(&statement.what)) {
      return std::ranges::all_of(branches->branches,
                                 [](const BlockIf::Branch& branch) { return leaves_structure_alone(branch.body); });
    }
    if (const auto* group = std::get_if<BlockGroup>(&statement.what)) {
      return leaves_structure_alone(group->body) &&
             std::ranges::all_of(group->handlers, [](const BlockGroup::Handler& handler) {
               return leaves_structure_alone(handler.body);
             });
    }
    // An exception that rows may raise is taken for one that is not raised: the migration ran once.
    return std::holds_alternative<BlockAssign>(statement.what) || std::holds_alternative<BlockRaise>(statement.what);
  });
}

// Handlers may name an error by its code.
std::string_view condition_name(std::string_view condition) {
  static const std::unordered_map<std::string_view, std::string_view> kCodes = {
      {"42P07", "duplicate_table"},  {"42710", "duplicate_object"},   {"42701", "duplicate_column"},
      {"42P06", "duplicate_schema"}, {"42P01", "undefined_table"},    {"42703", "undefined_column"},
      {"42704", "undefined_object"}, {"3F000", "invalid_schema_name"}};
  const auto found = kCodes.find(condition);
  return found == kCodes.end() ? condition : found->second;
}

// nullopt: the refusal's own name is not known.
std::optional<bool> handles(const BlockGroup::Handler& handler, const Refusal& refusal) {
  for (const std::string& condition : handler.conditions) {
    if (condition == "others" || condition_name(condition) == refusal.condition) return true;
  }
  if (refusal.condition.empty()) return std::nullopt;
  return false;
}

}  // namespace

// One run of a block; a friend of the replayer's in all but name.
class Replayer::BlockRun {
 public:
  BlockRun(Replayer& replayer, const Block& block) : replayer_(replayer), block_(block) {}

  // Why the block ended early.
  struct Stop {
    std::optional<Refusal> refusal;  // nullopt: it cannot be followed
    std::string reason;
  };
  enum class Flow { next, returned };
  using Result = std::expected<Flow, Stop>;

  Result run(const BlockBody& body) {
    for (const BlockStatement& statement : body) {
      const Result ran = std::visit([&](const auto& what) { return run(what); }, statement.what);
      if (!ran || *ran == Flow::returned) return ran;
    }
    return Flow::next;
  }

 private:
  static std::unexpected<Stop> stop(std::string reason) {
    return std::unexpected(Stop{std::nullopt, std::move(reason)});
  }

  Result run(const BlockSql& sql) {
    const auto outer_steps = std::exchange(replayer_.steps_, sql.steps);
    const std::size_t outer_current = replayer_.current_;
    Result ran = Flow::next;
    std::size_t& at = replayer_.current_;  // a step may take those after it along
    for (at = 0; ran && at < sql.steps.size(); ++at) {
      const Step& step = sql.steps[at];
      if (const auto* opaque = std::get_if<Opaque>(&step.change)) {
        ran = stop(opaque->reason);
        break;
      }
      Outcome outcome = std::visit([&](const auto& change) { return replayer_.apply(change); }, step.change);
      const bool passed = outcome || (step.if_exists && outcome.error().kind == Refusal::Kind::missing_object);
      if (!passed) ran = std::unexpected(Stop{std::move(outcome.error()), {}});
    }
    replayer_.steps_ = outer_steps;
    replayer_.current_ = outer_current;
    return ran;
  }

  Result run(const BlockIf& branches) {
    for (const BlockIf::Branch& branch : branches.branches) {
      const auto holds = branch.condition.empty() ? std::optional(SqlValue(true)) : value_of(branch.condition);
      if (!holds) {
        const bool harmless = std::ranges::all_of(
            branches.branches, [](const BlockIf::Branch& one) { return leaves_structure_alone(one.body); });
        if (harmless) return Flow::next;
        return stop("a DO block queries the running database");
      }
      if (*holds == SqlValue(true)) return run(branch.body);
    }
    return Flow::next;
  }

  Result run(const BlockGroup& group) {
    if (group.handlers.empty()) return run(group.body);
    // A single step that is refused changes nothing, so that there is nothing to take back.
    std::optional<Saved> before;
    if (block_.changes > 1) before = replayer_.save();
    Result ran = run(group.body);
    if (ran || !ran.error().refusal) return ran;
    for (const BlockGroup::Handler& handler : group.handlers) {
      const auto handled = handles(handler, *ran.error().refusal);
      if (!handled) return stop("a DO block handles some errors but not all");
      if (!*handled) continue;
      if (before) replayer_.restore(*before);
      return run(handler.body);
    }
    return ran;
  }

  Result run(const BlockAssign& assign) {
    if (auto value = value_of(assign.expression)) {
      variables_[assign.variable] = std::move(*value);
    } else {
      variables_.erase(assign.variable);
    }
    return Flow::next;
  }

  Result run(const BlockRaise& raise) {
    return std::unexpected(
        Stop{Refusal{Refusal::Kind::other, "the block raises \"" + raise.message + "\"", "raise_exception"}, {}});
  }
  Result run(const BlockReturn&) { return Flow::returned; }
  Result run(const BlockUnknown& unknown) { return stop(unknown.reason); }

  std::optional<SqlValue> value_of(std::string_view expression) {
    const auto find_relation = [&](const QualifiedName& name) -> std::optional<QualifiedName> {
      const QualifiedName full = replayer_.resolve(name);
      return replayer_.find_relation(full) == nullptr ? std::nullopt : std::optional(full);
    };
    const auto find_type = [&](const QualifiedName& name) { return replayer_.find_type(name); };
    return evaluate(expression, EvaluationContext{replayer_.catalog_, replayer_.search_path(), find_relation, find_type,
                                                  variables_});
  }

  Replayer& replayer_;
  const Block& block_;
  std::map<std::string, SqlValue> variables_;
};

bool Replayer::function_leaves_structure_alone(const std::string& name) const {
  static const std::unordered_set<std::string_view> kAltering = {"create",  "alter", "drop",   "execute",
                                                                 "perform", "call",  "comment"};
  bool made = false;
  for (const Unmanaged& object : catalog_.unmanaged) {
    if (object.name.name != name || (object.kind != UnmanagedKind::function && object.kind != UnmanagedKind::procedure))
      continue;
    made = true;
    // The body is a string; without one it is SQL right after the head.
    const std::size_t body = object.definition.find_first_of("$'");
    if (body == std::string::npos) return false;
    std::string word;
    for (const char c : std::string_view(object.definition).substr(body)) {
      if (ascii::is_letter_or_digit(c) || c == '_') {
        word += ascii::to_lower(c);
        continue;
      }
      const bool other_function = word != name && std::ranges::any_of(catalog_.unmanaged, [&](const Unmanaged& other) {
                                    return other.kind == UnmanagedKind::function && other.name.name == word;
                                  });
      if (other_function || kAltering.contains(word)) return false;
      word.clear();
    }
  }
  return made;
}

Outcome Replayer::follow(const Opaque& step) {
  const auto unknown = [&](std::string reason) {
    after_opaque_ = true;
    catalog_.incomplete.value = true;
    return refuse(Refusal::Kind::opaque, std::move(reason));
  };
  if (!step.block) {
    const bool harmless = !step.calls.empty() && std::ranges::all_of(step.calls, [&](const std::string& function) {
      return function_leaves_structure_alone(function);
    });
    return harmless ? Outcome() : unknown(step.reason);
  }
  std::optional<Saved> before;
  if (step.block->changes > 1 || (step.block->changes == 1 && step.block->unknown)) before = save();
  const auto ran = BlockRun(*this, *step.block).run(step.block->body);
  if (ran) return {};
  if (before) restore(*before);
  if (!ran.error().refusal) return unknown(ran.error().reason);
  return std::unexpected(*ran.error().refusal);
}

}  // namespace refract::catalog
