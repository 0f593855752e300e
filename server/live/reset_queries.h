#pragma once

// The queries of a reset. $1 is always the array of schema names (text[]), $2 that of the tables and types that stay,
// each "schema" U+001F "name".
namespace refract::live::queries {

// The objects of the schemas that have a DROP of their own: no members of extensions, no row or array types, no
// sequences that a column owns. Columns: classid, objid, owner.
#define REFRACT_RESET_OBJECTS                                                                                         \
  "ns AS (SELECT oid, nspowner FROM pg_namespace WHERE nspname = ANY($1::text[])), "                                  \
  "kept AS (SELECT split_part(k, E'\\x1f', 1) AS nspname, split_part(k, E'\\x1f', 2) AS relname "                     \
  "FROM unnest($2::text[]) k), "                                                                                      \
  "candidates AS ("                                                                                                   \
  "SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, c.relowner AS owner, c.relnamespace AS namespace, "   \
  "c.relname AS name, CASE WHEN c.relkind IN ('r', 'p', 'f') THEN 2 WHEN c.relkind = 'S' THEN 3 ELSE 1 END AS place " \
  "FROM pg_class c WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') "                                                \
  "UNION ALL SELECT 'pg_type'::regclass, t.oid, t.typowner, t.typnamespace, t.typname, 5 FROM pg_type t "             \
  "LEFT JOIN pg_class c ON c.oid = t.typrelid WHERE (t.typtype IN ('e', 'd', 'r', 'b') OR c.relkind = 'c') "          \
  "AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid) "                                                  \
  "UNION ALL SELECT 'pg_proc'::regclass, oid, proowner, pronamespace, proname, 4 FROM pg_proc "                       \
  "UNION ALL SELECT 'pg_operator'::regclass, oid, oprowner, oprnamespace, oprname, 4 FROM pg_operator "               \
  "UNION ALL SELECT 'pg_opclass'::regclass, oid, opcowner, opcnamespace, opcname, 4 FROM pg_opclass "                 \
  "UNION ALL SELECT 'pg_opfamily'::regclass, oid, opfowner, opfnamespace, opfname, 4 FROM pg_opfamily "               \
  "UNION ALL SELECT 'pg_collation'::regclass, oid, collowner, collnamespace, collname, 6 FROM pg_collation "          \
  "UNION ALL SELECT 'pg_conversion'::regclass, oid, conowner, connamespace, conname, 6 FROM pg_conversion "           \
  "UNION ALL SELECT 'pg_ts_config'::regclass, oid, cfgowner, cfgnamespace, cfgname, 6 FROM pg_ts_config "             \
  "UNION ALL SELECT 'pg_ts_dict'::regclass, oid, dictowner, dictnamespace, dictname, 7 FROM pg_ts_dict "              \
  "UNION ALL SELECT 'pg_ts_parser'::regclass, oid, 10, prsnamespace, prsname, 8 FROM pg_ts_parser "                   \
  "UNION ALL SELECT 'pg_ts_template'::regclass, oid, 10, tmplnamespace, tmplname, 8 FROM pg_ts_template "             \
  "UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, stxowner, stxnamespace, stxname, 0 FROM pg_statistic_ext), "   \
  "objects AS (SELECT o.classid, o.objid, o.owner, ns.nspowner, o.place FROM candidates o "                           \
  "JOIN ns ON ns.oid = o.namespace JOIN pg_namespace n ON n.oid = ns.oid "                                            \
  "WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.classid AND d.objid = o.objid AND d.objsubid = 0 "   \
  "AND d.deptype IN ('e', 'i')) "                                                                                     \
  "AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.classid AND d.objid = o.objid AND d.deptype = 'a' "    \
  "AND o.place = 3 AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0) "                                   \
  "AND NOT EXISTS (SELECT FROM kept k WHERE k.nspname = n.nspname AND k.relname = o.name)) "

// What goes, in the order of its drops; views before tables, tables before types.
// Columns: kind, identity, may drop, is a table, estimated rows.
inline constexpr const char* kResetObjects =
    "WITH " REFRACT_RESET_OBJECTS
    "SELECT i.type, i.identity, pg_has_role(o.owner, 'USAGE') OR pg_has_role(o.nspowner, 'USAGE'), "
    "o.place = 2 AND o.classid = 'pg_class'::regclass, "
    "CASE WHEN o.place = 2 THEN (SELECT greatest(c.reltuples, coalesce(pg_stat_get_live_tuples(c.oid), 0))::bigint "
    "FROM pg_class c WHERE c.oid = o.objid) END "
    "FROM objects o CROSS JOIN LATERAL pg_identify_object(o.classid, o.objid, 0) i ORDER BY o.place, i.identity";

// From `edges` (dependents, each with what it depends on) to `located`: the namespace that each dependent lies in. A
// part of a relation (column, constraint, default, rule, trigger, policy) lies where its relation does; 0: in no
// schema.
#define REFRACT_LOCATED                                                                                                \
  "placed AS (SELECT e.*, coalesce("                                                                                   \
  "CASE e.classid WHEN 'pg_class'::regclass THEN e.objid "                                                             \
  "WHEN 'pg_constraint'::regclass THEN (SELECT nullif(conrelid, 0) FROM pg_constraint WHERE oid = e.objid) "           \
  "WHEN 'pg_attrdef'::regclass THEN (SELECT adrelid FROM pg_attrdef WHERE oid = e.objid) "                             \
  "WHEN 'pg_rewrite'::regclass THEN (SELECT ev_class FROM pg_rewrite WHERE oid = e.objid) "                            \
  "WHEN 'pg_trigger'::regclass THEN (SELECT tgrelid FROM pg_trigger WHERE oid = e.objid) "                             \
  "WHEN 'pg_policy'::regclass THEN (SELECT polrelid FROM pg_policy WHERE oid = e.objid) END, 0::oid) AS relation "     \
  "FROM edges e), "                                                                                                    \
  "located AS (SELECT p.*, CASE WHEN p.relation <> 0 THEN (SELECT relnamespace FROM pg_class WHERE oid = p.relation) " \
  "ELSE coalesce((SELECT typnamespace FROM pg_constraint k JOIN pg_type t ON t.oid = k.contypid WHERE k.oid = "        \
  "p.objid "                                                                                                           \
  "AND p.classid = 'pg_constraint'::regclass), (SELECT oid FROM pg_namespace WHERE nspname = "                         \
  "(pg_identify_object(p.classid, p.objid, 0)).schema), 0::oid) END AS namespace FROM placed p) "

// What depends directly on an object that goes and does not go by itself.
// Columns: the dependent's kind and identity, kind and identity of what it depends on, whether the dependent lies
// elsewhere. What lies in no schema belongs to the whole database and lies elsewhere too, unless it is part of what
// goes (a cast or transform of a type, a table's place in a publication) or an event trigger that the migrations create
// ($3, text[]).
inline constexpr const char* kResetDependents =
    "WITH RECURSIVE " REFRACT_RESET_OBJECTS
    // With what PostgreSQL keeps for them: row and array types, indexes, rules.
    ", going(classid, objid) AS (SELECT classid, objid FROM objects UNION SELECT d.classid, d.objid FROM pg_depend d "
    "JOIN going g ON d.refclassid = g.classid AND d.refobjid = g.objid WHERE d.deptype IN ('i', 'P', 'S') OR "
    "d.deptype = 'a' AND d.classid = 'pg_class'::regclass AND EXISTS (SELECT FROM pg_class c JOIN ns ON ns.oid = "
    "c.relnamespace WHERE c.oid = d.objid)), "
    "edges AS (SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid FROM pg_depend d "
    "JOIN going g ON g.classid = d.refclassid AND g.objid = d.refobjid WHERE d.deptype IN ('n', 'a', 'P') "
    "AND (d.classid, d.objid) NOT IN (SELECT classid, objid FROM objects)), " REFRACT_LOCATED
    "SELECT DISTINCT i.type, i.identity, r.type, r.identity, l.namespace <> 0 OR NOT CASE l.classid::regclass::text "
    "WHEN 'pg_publication_rel' THEN true WHEN 'pg_publication_namespace' THEN true "
    "WHEN 'pg_cast' THEN EXISTS (SELECT FROM pg_cast c JOIN going g ON g.objid IN (c.castsource, c.casttarget) "
    "WHERE c.oid = l.objid AND g.classid = 'pg_type'::regclass) "
    "WHEN 'pg_transform' THEN EXISTS (SELECT FROM pg_transform f JOIN going g ON g.objid = f.trftype "
    "WHERE f.oid = l.objid AND g.classid = 'pg_type'::regclass) "
    "WHEN 'pg_event_trigger' THEN EXISTS (SELECT FROM pg_event_trigger e WHERE e.oid = l.objid "
    "AND e.evtname = ANY($3::text[])) ELSE false END FROM located l "
    "CROSS JOIN LATERAL pg_identify_object(l.classid, l.objid, l.objsubid) i "
    "CROSS JOIN LATERAL pg_identify_object(l.refclassid, l.refobjid, 0) r "
    "WHERE i.type IS NOT NULL AND (l.namespace NOT IN (SELECT oid FROM ns) OR EXISTS (SELECT FROM kept k "
    "JOIN pg_class c ON c.relname = k.relname JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = k.nspname "
    "WHERE c.oid = l.relation)) AND l.classid NOT IN ('pg_amop'::regclass, 'pg_amproc'::regclass) "
    "AND l.namespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_(toast|temp)') "
    // A table that stays loses the rows of its partitions, and of the tables that inherit from it.
    "UNION SELECT p.type, p.identity, CASE WHEN c.relispartition THEN 'partition' ELSE 'child table' END, i.identity, "
    "true FROM pg_inherits h JOIN objects o ON o.classid = 'pg_class'::regclass AND o.objid = h.inhrelid "
    "JOIN pg_class c ON c.oid = h.inhrelid CROSS JOIN LATERAL pg_identify_object(o.classid, o.objid, 0) i "
    "CROSS JOIN LATERAL pg_identify_object(o.classid, h.inhparent, 0) p "
    "WHERE NOT EXISTS (SELECT FROM objects s WHERE s.classid = 'pg_class'::regclass AND s.objid = h.inhparent) "
    "ORDER BY 5, 1, 2, 3, 4";

// The extensions of $3 (text[]) that the role owns. Columns: name, whether something that stays depends on it.
inline constexpr const char* kResetExtensions =
    "WITH RECURSIVE " REFRACT_RESET_OBJECTS
    ", ext AS (SELECT oid, extname FROM pg_extension WHERE extname = ANY($3::text[]) AND extname <> 'plpgsql' "
    "AND pg_has_role(extowner, 'USAGE')), "
    "members(ext, classid, objid) AS (SELECT e.oid, 'pg_extension'::regclass::oid, e.oid FROM ext e UNION "
    "SELECT m.ext, d.classid, d.objid FROM pg_depend d JOIN members m ON d.refclassid = m.classid AND "
    "d.refobjid = m.objid WHERE d.deptype IN ('e', 'i')), "
    "edges AS (SELECT m.ext, d.classid, d.objid, d.objsubid FROM pg_depend d JOIN members m ON "
    "d.refclassid = m.classid AND d.refobjid = m.objid WHERE d.deptype IN ('n', 'a') AND NOT EXISTS (SELECT FROM "
    "members o WHERE o.ext = m.ext AND o.classid = d.classid AND o.objid = d.objid)), " REFRACT_LOCATED
    "SELECT e.extname, EXISTS (SELECT FROM located l WHERE l.ext = e.oid AND l.classid NOT IN ('pg_amop'::regclass, "
    "'pg_amproc'::regclass) AND (l.namespace NOT IN (SELECT oid FROM ns) OR EXISTS (SELECT FROM kept k JOIN pg_class c "
    "ON c.relname = k.relname JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = k.nspname "
    "WHERE c.oid = l.relation))) FROM ext e ORDER BY 1";

// A fingerprint of everything that lies outside of the emptied schemas: whatever a CASCADE reaches shows in it.
inline constexpr const char* kOutsideFingerprint =
    "WITH outside AS (SELECT oid FROM pg_namespace WHERE nspname <> ALL($1::text[]) AND nspname !~ "
    "'^pg_(toast|temp)'), "
    "things AS ("
    "SELECT 'c' || c.oid AS thing FROM pg_class c WHERE relnamespace IN (SELECT oid FROM outside) "
    "UNION ALL SELECT 'a' || a.attrelid || '.' || a.attnum || '.' || a.attisdropped || a.atthasdef FROM pg_attribute a "
    "JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace IN (SELECT oid FROM outside) AND a.attnum > 0 "
    "UNION ALL SELECT 'k' || k.oid FROM pg_constraint k WHERE k.connamespace IN (SELECT oid FROM outside) "
    "UNION ALL SELECT 't' || t.oid FROM pg_type t WHERE t.typnamespace IN (SELECT oid FROM outside) "
    "UNION ALL SELECT 'p' || p.oid FROM pg_proc p WHERE p.pronamespace IN (SELECT oid FROM outside) "
    "UNION ALL SELECT 'o' || o.oid FROM pg_operator o WHERE o.oprnamespace IN (SELECT oid FROM outside) "
    "UNION ALL SELECT 'g' || g.oid FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid WHERE NOT g.tgisinternal AND "
    "c.relnamespace IN (SELECT oid FROM outside) "
    "UNION ALL SELECT 'y' || y.oid FROM pg_policy y JOIN pg_class c ON c.oid = y.polrelid WHERE c.relnamespace IN "
    "(SELECT oid FROM outside) UNION ALL SELECT 'n' || n.oid FROM pg_namespace n) "
    "SELECT md5(coalesce(string_agg(thing, ',' ORDER BY thing), '')) FROM things";

}  // namespace refract::live::queries
