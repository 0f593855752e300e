#include <algorithm>

#include "catalog/replay/replayer.h"

namespace refract::catalog {

void Replayer::restore(const Saved& saved) {
  mentioned_.reset();
  constraint_names_.reset();
  unmanaged_names_.reset();
  out_of_order_.clear();  // only lists of what was there since
  places_.clear();
  schema_names_.reset();
  catalog_ = saved.catalog;
  path_ = saved.path;
  forget_relations();
  families_.reset();
}

void Replayer::end_transaction() {
  path_.end_transaction();
  begun_.reset();
  savepoints_.clear();
  in_transaction_ = false;
}

Outcome Replayer::apply(const Transaction& step) {
  using enum Transaction::Kind;
  const auto named = [&] {
    return std::ranges::find(savepoints_.rbegin(), savepoints_.rend(), step.savepoint, &Saved::savepoint);
  };
  switch (step.kind) {
    case begin:
      in_transaction_ = true;
      return {};
    case commit: {
      const bool may_roll_back = begun_.has_value();
      end_transaction();
      if (may_roll_back) begun_ = save();
      return {};
    }
    case rollback:
      if (begun_) restore(*begun_);
      end_transaction();
      begun_ = save();
      return {};
    case savepoint:
      savepoints_.push_back(save(step.savepoint));
      return {};
    case release:
    case rollback_to:
      break;
  }
  const auto found = named();
  if (found == savepoints_.rend()) {
    return refuse(Refusal::Kind::missing_other, "savepoint \"" + step.savepoint + "\" does not exist",
                  "undefined_object");
  }
  if (step.kind == rollback_to) restore(*found);
  // A savepoint outlives ROLLBACK TO; what was set after it does not.
  savepoints_.erase(step.kind == rollback_to ? found.base() : found.base() - 1, savepoints_.end());
  return {};
}

}  // namespace refract::catalog
