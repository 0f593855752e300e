#include "live/unread.h"

#include <fmt/format.h>

#include "catalog/expression/expression.h"

namespace refract::live {
namespace {

// what it is, object — `s` are the schemas asked for. What extensions own is left out.
constexpr const char* kUnread = R"sql(
WITH s AS (SELECT oid, nspname FROM pg_namespace WHERE nspname IN ({})),
r AS (SELECT c.*, CASE WHEN s.nspname = 'public' OR (SELECT count(*) = 1 FROM s) THEN '' ELSE s.nspname || '.' END || c.relname AS shown
  FROM pg_class c JOIN s ON s.oid = c.relnamespace WHERE NOT EXISTS (SELECT FROM pg_depend d
  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') AND c.relname <> '_prisma_migrations')
SELECT what, object FROM (
SELECT 1 AS place, 'comments' AS what, shown || coalesce('.' || a.attname, '') AS object FROM pg_description d
  JOIN r ON d.classoid = 'pg_class'::regclass AND d.objoid = r.oid AND r.relkind IN ('r', 'p')
  LEFT JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = d.objsubid AND d.objsubid > 0
UNION ALL SELECT 1, 'comments', t.typname FROM pg_description d JOIN pg_type t ON d.classoid = 'pg_type'::regclass
  AND d.objoid = t.oid AND t.typtype = 'e' JOIN s ON s.oid = t.typnamespace
UNION ALL SELECT 2, 'unlogged tables', shown FROM r WHERE relkind IN ('r', 'p') AND relpersistence = 'u'
UNION ALL SELECT 3, 'storage parameters of tables', shown || ' (' || array_to_string(reloptions, ', ') || ')'
  FROM r WHERE relkind IN ('r', 'p') AND reloptions IS NOT NULL
UNION ALL SELECT 4, 'tablespaces', shown || ' (' || p.spcname || ')' FROM r JOIN pg_tablespace p
  ON p.oid = r.reltablespace WHERE relkind IN ('r', 'p')
UNION ALL SELECT 5, 'foreign tables', shown FROM r WHERE relkind = 'f'
UNION ALL SELECT 6, CASE t.typtype WHEN 'c' THEN 'composite types' ELSE 'range types' END, t.typname FROM pg_type t
  JOIN s ON s.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
  WHERE ((t.typtype = 'c' AND c.relkind = 'c') OR t.typtype = 'r') AND NOT EXISTS (SELECT FROM pg_depend d
  WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
UNION ALL SELECT 7, 'extended statistics', x.stxname || ' of ' || shown FROM pg_statistic_ext x
  JOIN r ON r.oid = x.stxrelid
UNION ALL SELECT 8, 'FORCE ROW LEVEL SECURITY', shown FROM r WHERE relforcerowsecurity
UNION ALL SELECT 9, 'deferrable primary keys', k.conname || ' of ' || shown FROM pg_constraint k
  JOIN r ON r.oid = k.conrelid WHERE k.contype = 'p' AND k.condeferrable
UNION ALL SELECT 10, 'included columns and storage parameters of primary keys', k.conname || ' of ' || shown
  FROM pg_constraint k JOIN r ON r.oid = k.conrelid JOIN pg_index i ON i.indexrelid = k.conindid
  JOIN pg_class c ON c.oid = i.indexrelid WHERE k.contype = 'p' AND (i.indnatts > i.indnkeyatts
  OR c.reloptions IS NOT NULL)
UNION ALL SELECT 11, 'MATCH FULL', k.conname || ' of ' || shown FROM pg_constraint k JOIN r ON r.oid = k.conrelid
  WHERE k.contype = 'f' AND k.confmatchtype = 'f'
UNION ALL SELECT 12, 'the columns of ON DELETE SET NULL', k.conname || ' of ' || shown FROM pg_constraint k
  JOIN r ON r.oid = k.conrelid WHERE k.contype = 'f' AND to_jsonb(k) ->> 'confdelsetcols' IS NOT NULL
UNION ALL SELECT 13, 'collations', l.collname FROM pg_collation l JOIN s ON s.oid = l.collnamespace
  WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_collation'::regclass AND d.objid = l.oid
  AND d.deptype = 'e')
UNION ALL SELECT 14, 'triggers that are disabled', t.tgname || ' of ' || shown FROM pg_trigger t
  JOIN r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal AND t.tgenabled = 'D'
) found ORDER BY place, object)sql";

}  // namespace

Result<std::vector<migrate::Omission>> unread_objects(Session& session, const std::vector<std::string>& schemas) {
  std::string names;
  for (const std::string& schema : schemas) names += (names.empty() ? "" : ", ") + catalog::quote_literal(schema);
  const auto rows = session.query(fmt::format(fmt::runtime(kUnread), names));
  if (!rows) return fail(rows.error());
  std::vector<migrate::Omission> found;
  for (const Row& row : *rows) {
    found.push_back({fmt::format("A schema cannot express {}", row[0].value_or("")), row[1].value_or("")});
  }
  return found;
}

}  // namespace refract::live
