#include "catalog/expression/system_functions.h"

#include <algorithm>
#include <string>
#include <unordered_set>

namespace refract::catalog {
namespace {

// Functions of pg_catalog up to PostgreSQL 17 that queries call by name, and those of uuid-ossp, pgcrypto, unaccent and
// pg_trgm that do nothing but compute.
constexpr std::string_view kNames =
    "abs age any_value array_agg array_dims array_fill array_length array_lower array_ndims array_position "
    "array_positions array_remove array_replace array_sample array_shuffle array_to_json array_to_string "
    "array_to_tsvector array_upper ascii avg bit_and bit_length bit_or bit_xor bool_and bool_or btrim cardinality "
    "cbrt ceil ceiling char_length character_length chr clock_timestamp coalesce col_description concat concat_ws "
    "convert convert_from convert_to corr cos count crypt current_database current_date current_schema "
    "current_schemas current_setting current_timestamp current_user currval date_add date_bin date_part "
    "date_subtract date_trunc datemultirange daterange decode degrees dense_rank digest encode enum_first enum_last "
    "enum_range every exists exp extract first_value floor format format_type gen_random_bytes gen_random_uuid "
    "gen_salt generate_series greatest has_column_privilege has_schema_privilege has_table_privilege initcap "
    "int4multirange int4range int8multirange int8range json_agg json_array json_array_elements "
    "json_array_elements_text json_array_length json_arrayagg json_build_array json_build_object json_each "
    "json_each_text json_object json_object_agg json_object_keys json_populate_record json_populate_recordset "
    "json_strip_nulls json_to_record json_to_recordset json_to_tsvector json_typeof jsonb_agg jsonb_array_elements "
    "jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object jsonb_each jsonb_each_text "
    "jsonb_insert jsonb_object jsonb_object_agg jsonb_object_keys jsonb_path_exists jsonb_path_exists_tz "
    "jsonb_path_match jsonb_path_match_tz jsonb_path_query jsonb_path_query_array jsonb_path_query_array_tz "
    "jsonb_path_query_first jsonb_path_query_first_tz jsonb_path_query_tz jsonb_populate_record "
    "jsonb_populate_recordset jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_to_record "
    "jsonb_to_recordset jsonb_to_tsvector jsonb_typeof justify_days justify_hours justify_interval lag last_value "
    "lastval lead least left length ln localtime localtimestamp log log10 lower lower_inc lower_inf lpad ltrim "
    "make_date make_interval make_time make_timestamp make_timestamptz max md5 min mod mode multirange nextval "
    "normalize now nth_value ntile num_nonnulls num_nulls nummultirange numnode numrange obj_description "
    "octet_length overlaps overlay parse_ident percent_rank phraseto_tsquery pi plainto_tsquery position pow power "
    "quote_ident quote_literal quote_nullable radians random random_normal range_agg range_merge rank regexp_count "
    "regexp_instr regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array "
    "regexp_split_to_table regexp_substr repeat replace reverse right round row_number row_to_json rpad rtrim "
    "set_config setval setweight sha224 sha256 sha384 sha512 similarity sin split_part sqrt statement_timestamp "
    "stddev stddev_pop stddev_samp string_agg string_to_array string_to_table strpos substr substring sum timezone "
    "to_ascii to_char to_date to_hex to_json to_jsonb to_number to_regclass to_regnamespace to_regtype to_timestamp "
    "to_tsquery to_tsvector transaction_timestamp translate trim trim_array trunc ts_delete ts_filter ts_headline "
    "ts_lexize ts_rank ts_rank_cd ts_rewrite tsmultirange tsrange tstzmultirange tstzrange tsvector_to_array "
    "txid_current txid_current_if_assigned txid_current_snapshot txid_snapshot_xip txid_snapshot_xmax "
    "txid_snapshot_xmin txid_status txid_visible_in_snapshot unaccent unnest upper upper_inc upper_inf "
    "uuid_generate_v1 uuid_generate_v4 uuidv7 var_pop var_samp variance version websearch_to_tsquery xmlagg "
    "xmlcomment xmlexists xmlvalidate xpath xpath_exists";

std::unordered_set<std::string_view> names() {
  std::unordered_set<std::string_view> found;
  for (std::size_t at = 0; at < kNames.size();) {
    const std::size_t end = std::min(kNames.find(' ', at), kNames.size());
    found.insert(kNames.substr(at, end - at));
    at = end + 1;
  }
  return found;
}

}  // namespace

bool changes_no_table(std::string_view name) {
  static const std::unordered_set<std::string_view> kKnown = names();
  // Functions whose names begin with pg_ are PostgreSQL's, and none of them changes tables.
  return name.starts_with("pg_") || kKnown.contains(name);
}

}  // namespace refract::catalog
