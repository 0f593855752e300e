#pragma once

#include <vector>

#include "migrate/diff/planner.h"

namespace refract::migrate {

// The views because of which PostgreSQL would reject a plan, since they read a column that changes, and that can be
// recreated as they were: their statements are known, and so is what belongs to them (owner, grants, comments, options,
// triggers). Those of which something is not known stay, and the plan has a hazard. So do materialized views, which
// hold rows.
class RecreatedViews {
 public:
  explicit RecreatedViews(const Diff& diff);

  void plan_drops(Plan& plan) const;
  void plan_creations(Plan& plan) const;

 private:
  const catalog::Catalog& from_;
  std::vector<const catalog::View*> views_;  // each after those that it reads
};

}  // namespace refract::migrate
