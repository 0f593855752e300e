#pragma once

// The queries of introspection. Each returns text columns in the order its comment names. System schemas and
// objects that extensions own are left out everywhere.
namespace refract::live::queries {

#define REFRACT_USER_SCHEMA " n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' "
#define REFRACT_NOT_OF_EXTENSION(catalog, oid)                                                        \
  " NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '" catalog "'::regclass AND d.objid = " oid \
  " AND d.deptype = 'e') "

// name
inline constexpr const char* kSchemas = "SELECT n.nspname FROM pg_namespace n WHERE" REFRACT_USER_SCHEMA
                                        "AND" REFRACT_NOT_OF_EXTENSION("pg_namespace", "n.oid") "ORDER BY 1";

// name, schema, version
inline constexpr const char* kExtensions =
    "SELECT e.extname, n.nspname, e.extversion FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace "
    "WHERE e.extname <> 'plpgsql' ORDER BY 1";

// schema, name, value — in sort order
inline constexpr const char* kEnums =
    "SELECT n.nspname, t.typname, e.enumlabel FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace "
    "LEFT JOIN pg_enum e ON e.enumtypid = t.oid WHERE t.typtype = 'e' AND" REFRACT_USER_SCHEMA
    "AND" REFRACT_NOT_OF_EXTENSION("pg_type", "t.oid") "ORDER BY 1, 2, e.enumsortorder";

// schema, name, is partitioned, row level security, partition's parent schema, parent name
inline constexpr const char* kTables =
    "SELECT n.nspname, c.relname, c.relkind = 'p', c.relrowsecurity, pn.nspname, p.relname FROM pg_class c "
    "JOIN pg_namespace n ON n.oid = c.relnamespace "
    "LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND c.relispartition "
    "LEFT JOIN pg_class p ON p.oid = i.inhparent LEFT JOIN pg_namespace pn ON pn.oid = p.relnamespace "
    "WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND" REFRACT_USER_SCHEMA
    "AND" REFRACT_NOT_OF_EXTENSION("pg_class", "c.oid") "ORDER BY 1, 2";

// schema, name, parent's schema, parent's name — in the order of INHERITS; partitions are not among them
inline constexpr const char* kInheritance =
    "SELECT n.nspname, c.relname, pn.nspname, p.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_class p ON p.oid = i.inhparent "
    "JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE c.relkind = 'r' AND NOT c.relispartition "
    "AND" REFRACT_USER_SCHEMA "ORDER BY 1, 2, i.inhseqno";

// schema, table, column, not null, identity, generated, default text, formatted type, is array,
// type's schema, type's name (of the element for arrays), collation where it is not the type's own. Since PostgreSQL
// 17 a partition has its parent's identity columns; before, it has none, and that is reported for all versions.
inline constexpr const char* kColumns =
    "SELECT n.nspname, c.relname, a.attname, a.attnotnull, "
    "CASE WHEN NOT c.relispartition OR current_setting('server_version_num')::int < 170000 THEN a.attidentity ELSE '' "
    "END, a.attgenerated, "
    "pg_get_expr(ad.adbin, ad.adrelid), format_type(a.atttypid, a.atttypmod), e.oid IS NOT NULL, "
    "tn.nspname, coalesce(e.typname, t.typname), "
    "CASE WHEN a.attcollation <> t.typcollation THEN co.collname END "
    "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
    "JOIN pg_type t ON t.oid = a.atttypid "
    "LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A' "
    "JOIN pg_namespace tn ON tn.oid = coalesce(e.typnamespace, t.typnamespace) "
    "LEFT JOIN pg_attrdef ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum "
    "LEFT JOIN pg_collation co ON co.oid = a.attcollation "
    "WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND" REFRACT_USER_SCHEMA
    "ORDER BY 1, 2, a.attnum";

// schema, table, name, type (p u f c x), columns, referenced schema, referenced table, referenced columns,
// on delete, on update, deferrable, initially deferred, validated, definition, NO INHERIT. Columns are joined by
// U+001F. The copies that a foreign key to a partitioned table has for each partition are left out.
inline constexpr const char* kConstraints =
    "SELECT n.nspname, c.relname, k.conname, k.contype, "
    "(SELECT string_agg(a.attname, E'\\x1f' ORDER BY u.place) FROM unnest(k.conkey) WITH ORDINALITY u(num, place) "
    "JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num), "
    "fn.nspname, f.relname, "
    "(SELECT string_agg(a.attname, E'\\x1f' ORDER BY u.place) FROM unnest(k.confkey) WITH ORDINALITY u(num, place) "
    "JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.num), "
    "k.confdeltype, k.confupdtype, k.condeferrable, k.condeferred, k.convalidated, pg_get_constraintdef(k.oid), "
    "k.connoinherit "
    "FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
    "LEFT JOIN pg_class f ON f.oid = k.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace "
    "LEFT JOIN pg_constraint above ON above.oid = k.conparentid "
    "WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND above.conrelid IS DISTINCT FROM k.conrelid AND c.relkind IN "
    "('r', 'p') AND" REFRACT_USER_SCHEMA "ORDER BY 1, 2, 3";

// schema, table, name, unique, is constraint's, method, valid, predicate, position, is key column, column name,
// expression, operator class where it is not the default, its options, collation, descending, nulls first,
// nulls not distinct, storage parameters, deferrable, initially deferred. One row per column; primary keys and
// exclusion constraints are left out.
// {}: the version's spelling of "nulls not distinct".
inline constexpr const char* kIndexes =
    "SELECT n.nspname, c.relname, ic.relname, i.indisunique, k.oid IS NOT NULL, am.amname, i.indisvalid, "
    "pg_get_expr(i.indpred, i.indrelid), s.place, s.place <= i.indnkeyatts, a.attname, "
    "CASE WHEN i.indkey[s.place - 1] = 0 THEN pg_get_indexdef(i.indexrelid, s.place, true) END, "
    "CASE WHEN NOT oc.opcdefault OR ia.attoptions IS NOT NULL THEN oc.opcname END, array_to_string(ia.attoptions, "
    "E'\\x1f'), "
    "CASE WHEN a.attcollation IS NOT NULL AND i.indcollation[s.place - 1] <> a.attcollation THEN co.collname END, "
    "(i.indoption[s.place - 1] & 1) <> 0, (i.indoption[s.place - 1] & 2) <> 0, {}, "
    "array_to_string(ic.reloptions, E'\\x1f'), coalesce(k.condeferrable, false), coalesce(k.condeferred, false) "
    "FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am am ON am.oid = ic.relam "
    "LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x') "
    "CROSS JOIN LATERAL generate_series(1, i.indnatts) s(place) "
    "LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[s.place - 1] AND a.attnum > 0 "
    "LEFT JOIN pg_attribute ia ON ia.attrelid = i.indexrelid AND ia.attnum = s.place "
    "LEFT JOIN pg_opclass oc ON s.place <= i.indnkeyatts AND oc.oid = i.indclass[s.place - 1] "
    "LEFT JOIN pg_collation co ON co.oid = i.indcollation[s.place - 1] "
    "WHERE NOT i.indisprimary AND coalesce(k.contype, 'u') = 'u' AND" REFRACT_USER_SCHEMA "ORDER BY 1, 2, 3, s.place";

// schema, name, type, start, increment, min, max, cache, owner's schema, owner's table, owner's column
inline constexpr const char* kSequences =
    "SELECT n.nspname, c.relname, t.typname, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, "
    "tn.nspname, tc.relname, a.attname FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = s.seqtypid "
    "LEFT JOIN pg_depend o ON o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.deptype IN ('a', 'i') "
    "AND o.refclassid = 'pg_class'::regclass AND o.refobjsubid > 0 "
    "LEFT JOIN pg_class tc ON tc.oid = o.refobjid LEFT JOIN pg_namespace tn ON tn.oid = tc.relnamespace "
    "LEFT JOIN pg_attribute a ON a.attrelid = tc.oid AND a.attnum = o.refobjsubid WHERE" REFRACT_USER_SCHEMA
    "AND" REFRACT_NOT_OF_EXTENSION("pg_class", "c.oid") "ORDER BY 1, 2";

// schema, name, materialized, definition
inline constexpr const char* kViews =
    "SELECT n.nspname, c.relname, c.relkind = 'm', pg_get_viewdef(c.oid) FROM pg_class c "
    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND" REFRACT_USER_SCHEMA
    "AND" REFRACT_NOT_OF_EXTENSION("pg_class", "c.oid") "ORDER BY 1, 2";

// schema, name, definition, not null, formatted base type, is array, base type's schema, its name (of the element
// for arrays)
inline constexpr const char* kDomains =
    "SELECT n.nspname, t.typname, "
    "'CREATE DOMAIN ' || quote_ident(t.typname) || ' AS ' || format_type(t.typbasetype, t.typtypmod), t.typnotnull, "
    "format_type(t.typbasetype, t.typtypmod), e.oid IS NOT NULL, bn.nspname, coalesce(e.typname, b.typname) "
    "FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_type b ON b.oid = t.typbasetype "
    "LEFT JOIN pg_type e ON e.oid = b.typelem AND b.typcategory = 'A' "
    "JOIN pg_namespace bn ON bn.oid = coalesce(e.typnamespace, b.typnamespace) "
    "WHERE t.typtype = 'd' AND" REFRACT_USER_SCHEMA "AND" REFRACT_NOT_OF_EXTENSION("pg_type", "t.oid") "ORDER BY 1, 2";

// kind, schema, name, table's schema, table's name, definition
inline constexpr const char* kUnmanaged =
    "SELECT CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END, n.nspname, "
    "p.proname, NULL, NULL, CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END "
    "FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE" REFRACT_USER_SCHEMA
    "AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid "
    "AND d.deptype IN ('e', 'i')) UNION ALL SELECT 'trigger', '', t.tgname, n.nspname, c.relname, "
    "pg_get_triggerdef(t.oid) FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND" REFRACT_USER_SCHEMA
    "UNION ALL SELECT 'policy', '', p.polname, n.nspname, c.relname, "
    "concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) "
    "FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE" REFRACT_USER_SCHEMA
    "UNION ALL SELECT 'rule', '', r.rulename, n.nspname, c.relname, pg_get_ruledef(r.oid) FROM pg_rewrite r "
    "JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE r.rulename <> '_RETURN' AND" REFRACT_USER_SCHEMA "ORDER BY 1, 2, 3, 4, 5";

#undef REFRACT_USER_SCHEMA
#undef REFRACT_NOT_OF_EXTENSION

}  // namespace refract::live::queries
