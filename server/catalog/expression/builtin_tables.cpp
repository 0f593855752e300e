#include "catalog/expression/builtin_tables.h"

namespace refract::catalog {

// clang-format off
const std::string_view kBuiltinFunctions = R"(
abbrev text(cidr) text(inet)
abs float4(float4) float8(float8) int2(int2) int4(int4) int8(int8) numeric(numeric)
acos float8(float8)
acosd float8(float8)
acosh float8(float8)
age int4(xid) interval(timestamp) interval(timestamp,timestamp) interval(timestamptz)
 interval(timestamptz,timestamptz)
area float8(box) float8(circle) float8(path)
array_append anycompatiblearray(anycompatiblearray,anycompatible)
array_cat anycompatiblearray(anycompatiblearray,anycompatiblearray)
array_dims text(anyarray)
array_fill anyarray(anyelement,int4[]) anyarray(anyelement,int4[],int4[])
array_length int4(anyarray,int4)
array_lower int4(anyarray,int4)
array_ndims int4(anyarray)
array_position int4(anycompatiblearray,anycompatible) int4(anycompatiblearray,anycompatible,int4)
array_positions int4[](anycompatiblearray,anycompatible)
array_prepend anycompatiblearray(anycompatible,anycompatiblearray)
array_remove anycompatiblearray(anycompatiblearray,anycompatible)
array_replace anycompatiblearray(anycompatiblearray,anycompatible,anycompatible)
array_to_json json(anyarray) json(anyarray,bool)
array_to_string text(anyarray,text) text(anyarray,text,text)
array_to_tsvector tsvector(text[])
array_upper int4(anyarray,int4)
ascii int4(text)
asin float8(float8)
asind float8(float8)
asinh float8(float8)
atan float8(float8)
atan2 float8(float8,float8)
atan2d float8(float8,float8)
atand float8(float8)
atanh float8(float8)
bit bit(bit,int4,bool) bit(int4,int4) bit(int8,int4)
bit_count int8(bit) int8(bytea)
bit_length int4(bit) int4(bytea) int4(text)
bool bool(int4) bool(jsonb)
bound_box box(box,box)
box box(circle) box(point) box(point,point) box(polygon)
bpchar bpchar(bpchar,int4,bool) bpchar(char) bpchar(name)
broadcast inet(inet)
btequalimage bool(oid)
btrim bytea(bytea,bytea) text(text) text(text,text)
btvarstrequalimage bool(oid)
cardinality int4(anyarray)
cash_words text(money)
cbrt float8(float8)
ceil float8(float8) numeric(numeric)
ceiling float8(float8) numeric(numeric)
center point(box) point(circle)
char char(int4) char(text)
char_length int4(bpchar) int4(text)
character_length int4(bpchar) int4(text)
chr text(int4)
cidr cidr(inet)
circle circle(box) circle(point,float8) circle(polygon)
clock_timestamp timestamptz()
col_description text(oid,int4)
concat text(any)v
concat_ws text(text,any)v
convert bytea(bytea,name,name)
convert_from text(bytea,name)
convert_to bytea(text,name)
cos float8(float8)
cosd float8(float8)
cosh float8(float8)
cot float8(float8)
cotd float8(float8)
current_database name()
current_query text()
current_schema name()
current_schemas name[](bool)
current_setting text(text) text(text,bool)
current_user name()
date date(timestamp) date(timestamptz)
date_bin timestamp(interval,timestamp,timestamp) timestamptz(interval,timestamptz,timestamptz)
date_part float8(text,date) float8(text,interval) float8(text,time) float8(text,timestamp) float8(text,timestamptz)
 float8(text,timetz)
date_trunc interval(text,interval) timestamp(text,timestamp) timestamptz(text,timestamptz)
 timestamptz(text,timestamptz,text)
datemultirange datemultirange() datemultirange(daterange) datemultirange(daterange[])v
daterange daterange(date,date) daterange(date,date,text)
decode bytea(text,text)
degrees float8(float8)
diagonal lseg(box)
diameter float8(circle)
div numeric(numeric,numeric)
encode text(bytea,text)
enum_first anyenum(anyenum)
enum_last anyenum(anyenum)
enum_range anyarray(anyenum) anyarray(anyenum,anyenum)
exp float8(float8) numeric(numeric)
extract numeric(text,date) numeric(text,interval) numeric(text,time) numeric(text,timestamp)
 numeric(text,timestamptz) numeric(text,timetz)
factorial numeric(int8)
family int4(inet)
float4 float4(float8) float4(int2) float4(int4) float4(int8) float4(jsonb) float4(numeric)
float8 float8(float4) float8(int2) float8(int4) float8(int8) float8(jsonb) float8(numeric)
floor float8(float8) numeric(numeric)
format text(text) text(text,any)v
format_type text(oid,int4)
gcd int4(int4,int4) int8(int8,int8) numeric(numeric,numeric)
gen_random_uuid uuid()
get_bit int4(bit,int4) int4(bytea,int8)
get_byte int4(bytea,int4)
get_current_ts_config regconfig()
getdatabaseencoding name()
height float8(box)
host text(inet)
hostmask inet(inet)
inet_merge cidr(inet,inet)
inet_same_family bool(inet,inet)
initcap text(text)
int2 int2(float4) int2(float8) int2(int4) int2(int8) int2(jsonb) int2(numeric)
int2int4_sum int8(int8[])
int4 int4(bit) int4(bool) int4(char) int4(float4) int4(float8) int4(int2) int4(int8) int4(jsonb) int4(numeric)
int4inc int4(int4)
int4multirange int4multirange() int4multirange(int4range) int4multirange(int4range[])v
int4range int4range(int4,int4) int4range(int4,int4,text)
int8 int8(bit) int8(float4) int8(float8) int8(int2) int8(int4) int8(jsonb) int8(numeric) int8(oid)
int8multirange int8multirange() int8multirange(int8range) int8multirange(int8range[])v
int8range int8range(int8,int8) int8range(int8,int8,text)
interval interval(interval,int4) interval(time)
is_normalized bool(text,text)1
isclosed bool(path)
isempty bool(anymultirange) bool(anyrange)
isfinite bool(date) bool(interval) bool(timestamp) bool(timestamptz)
ishorizontal bool(line) bool(lseg) bool(point,point)
isopen bool(path)
isparallel bool(line,line) bool(lseg,lseg)
isperp bool(line,line) bool(lseg,lseg)
isvertical bool(line) bool(lseg) bool(point,point)
json_array_length int4(json)
json_build_array json() json(any)v
json_build_object json() json(any)v
json_extract_path json(json,text[])v
json_extract_path_text text(json,text[])v
json_object json(text[]) json(text[],text[])
json_populate_record anyelement(anyelement,json,bool)1
json_strip_nulls json(json)
json_to_record record(json)
json_to_tsvector tsvector(json,jsonb) tsvector(regconfig,json,jsonb)
json_typeof text(json)
jsonb_array_length int4(jsonb)
jsonb_build_array jsonb() jsonb(any)v
jsonb_build_object jsonb() jsonb(any)v
jsonb_contains bool(jsonb,jsonb)
jsonb_exists bool(jsonb,text)
jsonb_extract_path jsonb(jsonb,text[])v
jsonb_extract_path_text text(jsonb,text[])v
jsonb_insert jsonb(jsonb,text[],jsonb,bool)1
jsonb_object jsonb(text[]) jsonb(text[],text[])
jsonb_path_exists bool(jsonb,jsonpath,jsonb,bool)2
jsonb_path_exists_tz bool(jsonb,jsonpath,jsonb,bool)2
jsonb_path_match bool(jsonb,jsonpath,jsonb,bool)2
jsonb_path_match_tz bool(jsonb,jsonpath,jsonb,bool)2
jsonb_path_query_array jsonb(jsonb,jsonpath,jsonb,bool)2
jsonb_path_query_array_tz jsonb(jsonb,jsonpath,jsonb,bool)2
jsonb_path_query_first jsonb(jsonb,jsonpath,jsonb,bool)2
jsonb_path_query_first_tz jsonb(jsonb,jsonpath,jsonb,bool)2
jsonb_populate_record anyelement(anyelement,jsonb)
jsonb_pretty text(jsonb)
jsonb_set jsonb(jsonb,text[],jsonb,bool)1
jsonb_set_lax jsonb(jsonb,text[],jsonb,bool,text)2
jsonb_strip_nulls jsonb(jsonb)
jsonb_to_record record(jsonb)
jsonb_to_tsvector tsvector(jsonb,jsonb) tsvector(regconfig,jsonb,jsonb)
jsonb_typeof text(jsonb)
justify_days interval(interval)
justify_hours interval(interval)
justify_interval interval(interval)
lcm int4(int4,int4) int8(int8,int8) numeric(numeric,numeric)
left text(text,int4)
length float8(lseg) float8(path) int4(bit) int4(bpchar) int4(bytea) int4(bytea,name) int4(text) int4(tsvector)
like bool(bytea,bytea) bool(name,text) bool(text,text)
like_escape bytea(bytea,bytea) text(text,text)
line line(point,point)
ln float8(float8) numeric(numeric)
log float8(float8) numeric(numeric) numeric(numeric,numeric)
log10 float8(float8) numeric(numeric)
lower anyelement(anymultirange) anyelement(anyrange) text(text)
lower_inc bool(anymultirange) bool(anyrange)
lower_inf bool(anymultirange) bool(anyrange)
lpad text(text,int4) text(text,int4,text)
lseg lseg(box) lseg(point,point)
ltrim bytea(bytea,bytea) text(text) text(text,text)
macaddr macaddr(macaddr8)
macaddr8 macaddr8(macaddr)
macaddr8_set7bit macaddr8(macaddr8)
make_date date(int4,int4,int4)
make_interval interval(int4,int4,int4,int4,int4,int4,float8)7
make_time time(int4,int4,float8)
make_timestamp timestamp(int4,int4,int4,int4,int4,float8)
make_timestamptz timestamptz(int4,int4,int4,int4,int4,float8) timestamptz(int4,int4,int4,int4,int4,float8,text)
masklen int4(inet)
md5 text(bytea) text(text)
min_scale int4(numeric)
mod int2(int2,int2) int4(int4,int4) int8(int8,int8) numeric(numeric,numeric)
money money(int4) money(int8) money(numeric)
multirange anymultirange(anyrange)
mxid_age int4(xid)
name name(bpchar) name(text) name(varchar)
netmask inet(inet)
network cidr(inet)
nextval int8(regclass)
normalize text(text,text)1
now timestamptz()
npoints int4(path) int4(polygon)
num_nonnulls int4(any)v
num_nulls int4(any)v
numeric numeric(float4) numeric(float8) numeric(int2) numeric(int4) numeric(int8) numeric(jsonb) numeric(money)
 numeric(numeric,int4)
nummultirange nummultirange() nummultirange(numrange) nummultirange(numrange[])v
numnode int4(tsquery)
numrange numrange(numeric,numeric) numrange(numeric,numeric,text)
obj_description text(oid) text(oid,name)
octet_length int4(bit) int4(bpchar) int4(bytea) int4(text)
oid oid(int8)
oidvectortypes text(oidvector)
overlaps bool(time,interval,time,interval) bool(time,interval,time,time) bool(time,time,time,interval)
 bool(time,time,time,time) bool(timestamp,interval,timestamp,interval) bool(timestamp,interval,timestamp,timestamp)
 bool(timestamp,timestamp,timestamp,interval) bool(timestamp,timestamp,timestamp,timestamp)
 bool(timestamptz,interval,timestamptz,interval) bool(timestamptz,interval,timestamptz,timestamptz)
 bool(timestamptz,timestamptz,timestamptz,interval) bool(timestamptz,timestamptz,timestamptz,timestamptz)
 bool(timetz,timetz,timetz,timetz)
overlay bit(bit,bit,int4) bit(bit,bit,int4,int4) bytea(bytea,bytea,int4) bytea(bytea,bytea,int4,int4)
 text(text,text,int4) text(text,text,int4,int4)
parse_ident text[](text,bool)1
path path(polygon)
pg_backend_pid int4()
pg_client_encoding name()
pg_collation_actual_version text(oid)
pg_collation_for text(any)
pg_column_compression text(any)
pg_column_size int4(any)
pg_has_role bool(name,name,text) bool(name,oid,text) bool(name,text) bool(oid,name,text) bool(oid,oid,text)
 bool(oid,text)
pg_my_temp_schema oid()
pg_postmaster_start_time timestamptz()
pg_size_bytes int8(text)
pg_size_pretty text(int8) text(numeric)
pg_snapshot_xmax xid8(pg_snapshot)
pg_snapshot_xmin xid8(pg_snapshot)
pg_typeof regtype(any)
phraseto_tsquery tsquery(regconfig,text) tsquery(text)
pi float8()
plainto_tsquery tsquery(regconfig,text) tsquery(text)
point point(box) point(circle) point(float8,float8) point(lseg) point(polygon)
polygon polygon(box) polygon(circle) polygon(int4,circle) polygon(path)
position int4(bit,bit) int4(bytea,bytea) int4(text,text)
pow float8(float8,float8) numeric(numeric,numeric)
power float8(float8,float8) numeric(numeric,numeric)
querytree text(tsquery)
quote_ident text(text)
quote_literal text(anyelement) text(text)
quote_nullable text(anyelement) text(text)
radians float8(float8)
radius float8(circle)
random float8()
range_merge anyrange(anymultirange) anyrange(anyrange,anyrange)
regclass regclass(text)
regexp_count int4(text,text) int4(text,text,int4) int4(text,text,int4,text)
regexp_instr int4(text,text) int4(text,text,int4) int4(text,text,int4,int4) int4(text,text,int4,int4,int4)
 int4(text,text,int4,int4,int4,text) int4(text,text,int4,int4,int4,text,int4)
regexp_like bool(text,text) bool(text,text,text)
regexp_match text[](text,text) text[](text,text,text)
regexp_replace text(text,text,text) text(text,text,text,int4) text(text,text,text,int4,int4)
 text(text,text,text,int4,int4,text) text(text,text,text,text)
regexp_split_to_array text[](text,text) text[](text,text,text)
regexp_substr text(text,text) text(text,text,int4) text(text,text,int4,int4) text(text,text,int4,int4,text)
 text(text,text,int4,int4,text,int4)
repeat text(text,int4)
replace text(text,text,text)
reverse text(text)
right text(text,int4)
round float8(float8) numeric(numeric) numeric(numeric,int4)
row_to_json json(record) json(record,bool)
rpad text(text,int4) text(text,int4,text)
rtrim bytea(bytea,bytea) text(text) text(text,text)
scale int4(numeric)
session_user name()
set_bit bit(bit,int4,int4) bytea(bytea,int8,int4)
set_byte bytea(bytea,int4,int4)
set_masklen cidr(cidr,int4) inet(inet,int4)
setweight tsvector(tsvector,char) tsvector(tsvector,char,text[])
sha224 bytea(bytea)
sha256 bytea(bytea)
sha384 bytea(bytea)
sha512 bytea(bytea)
shobj_description text(oid,name)
sign float8(float8) numeric(numeric)
similar_escape text(text,text)
similar_to_escape text(text) text(text,text)
sin float8(float8)
sind float8(float8)
sinh float8(float8)
slope float8(point,point)
split_part text(text,text,int4)
sqrt float8(float8) numeric(numeric)
starts_with bool(text,text)
statement_timestamp timestamptz()
string_to_array text[](text,text) text[](text,text,text)
strip tsvector(tsvector)
strpos int4(text,text)
substr bytea(bytea,int4) bytea(bytea,int4,int4) text(text,int4) text(text,int4,int4)
substring bit(bit,int4) bit(bit,int4,int4) bytea(bytea,int4) bytea(bytea,int4,int4) text(text,int4)
 text(text,int4,int4) text(text,text) text(text,text,text)
tan float8(float8)
tand float8(float8)
tanh float8(float8)
text text(bool) text(bpchar) text(char) text(inet) text(name) text(xml)
textcat text(text,text)
time time(interval) time(time,int4) time(timestamp) time(timestamptz) time(timetz)
timeofday text()
timestamp timestamp(date) timestamp(date,time) timestamp(timestamp,int4) timestamp(timestamptz)
timestamptz timestamptz(date) timestamptz(date,time) timestamptz(date,timetz) timestamptz(timestamp)
 timestamptz(timestamptz,int4)
timetz timetz(time) timetz(timestamptz) timetz(timetz,int4)
timezone timestamp(interval,timestamptz) timestamp(text,timestamptz) timestamptz(interval,timestamp)
 timestamptz(text,timestamp) timetz(interval,timetz) timetz(text,timetz)
to_ascii text(text) text(text,int4) text(text,name)
to_char text(float4,text) text(float8,text) text(int4,text) text(int8,text) text(interval,text) text(numeric,text)
 text(timestamp,text) text(timestamptz,text)
to_date date(text,text)
to_hex text(int4) text(int8)
to_json json(anyelement)
to_jsonb jsonb(anyelement)
to_number numeric(text,text)
to_regclass regclass(text)
to_regcollation regcollation(text)
to_regnamespace regnamespace(text)
to_regoper regoper(text)
to_regoperator regoperator(text)
to_regproc regproc(text)
to_regprocedure regprocedure(text)
to_regrole regrole(text)
to_regtype regtype(text)
to_timestamp timestamptz(float8) timestamptz(text,text)
to_tsquery tsquery(regconfig,text) tsquery(text)
to_tsvector tsvector(json) tsvector(jsonb) tsvector(regconfig,json) tsvector(regconfig,jsonb)
 tsvector(regconfig,text) tsvector(text)
transaction_timestamp timestamptz()
translate text(text,text,text)
trim_array anyarray(anyarray,int4)
trim_scale numeric(numeric)
trunc float8(float8) macaddr(macaddr) macaddr8(macaddr8) numeric(numeric) numeric(numeric,int4)
ts_delete tsvector(tsvector,text) tsvector(tsvector,text[])
ts_filter tsvector(tsvector,char[])
ts_headline json(json,tsquery) json(json,tsquery,text) json(regconfig,json,tsquery)
 json(regconfig,json,tsquery,text) jsonb(jsonb,tsquery) jsonb(jsonb,tsquery,text) jsonb(regconfig,jsonb,tsquery)
 jsonb(regconfig,jsonb,tsquery,text) text(regconfig,text,tsquery) text(regconfig,text,tsquery,text)
 text(text,tsquery) text(text,tsquery,text)
ts_lexize text[](regdictionary,text)
ts_rank float4(float4[],tsvector,tsquery) float4(float4[],tsvector,tsquery,int4) float4(tsvector,tsquery)
 float4(tsvector,tsquery,int4)
ts_rank_cd float4(float4[],tsvector,tsquery) float4(float4[],tsvector,tsquery,int4) float4(tsvector,tsquery)
 float4(tsvector,tsquery,int4)
ts_rewrite tsquery(tsquery,text) tsquery(tsquery,tsquery,tsquery)
tsmultirange tsmultirange() tsmultirange(tsrange) tsmultirange(tsrange[])v
tsquery_phrase tsquery(tsquery,tsquery,int4)
tsrange tsrange(timestamp,timestamp) tsrange(timestamp,timestamp,text)
tstzmultirange tstzmultirange() tstzmultirange(tstzrange) tstzmultirange(tstzrange[])v
tstzrange tstzrange(timestamptz,timestamptz) tstzrange(timestamptz,timestamptz,text)
tsvector_to_array text[](tsvector)
unistr text(text)
upper anyelement(anymultirange) anyelement(anyrange) text(text)
upper_inc bool(anymultirange) bool(anyrange)
upper_inf bool(anymultirange) bool(anyrange)
varbit varbit(varbit,int4,bool)
varchar varchar(name) varchar(varchar,int4,bool)
version text()
websearch_to_tsquery tsquery(regconfig,text) tsquery(text)
width float8(box)
width_bucket int4(anycompatible,anycompatiblearray) int4(float8,float8,float8,int4)
 int4(numeric,numeric,numeric,int4)
xid xid(xid8)
xml xml(text)
xml_is_well_formed bool(text)
xml_is_well_formed_content bool(text)
xml_is_well_formed_document bool(text)
xmlcomment xml(text)
xmlexists bool(text,xml)
xpath xml[](text,xml) xml[](text,xml,text[])
xpath_exists bool(text,xml) bool(text,xml,text[]))";

const std::string_view kBuiltinCasts = R"(
bit !int8 !int4 bit varbit*
bool !int4 =text =bpchar =varchar
box !point !lseg =polygon !circle
bpchar =char name text !xml bpchar varchar
char !int4 text =bpchar =varchar
cidr =text inet* =bpchar =varchar
circle !point !box !polygon
date timestamp timestamptz
daterange !datemultirange
float4 =int8 =int2 =int4 float8 =numeric
float8 =int8 =int2 =int4 =float4 =numeric
inet =text =cidr =bpchar =varchar
int2 int8 int4 regproc oid float4 float8 numeric regprocedure regoper regoperator regclass regtype regconfig
 regdictionary regnamespace regrole regcollation
int4 !bool !char int8 =int2 regproc* oid* float4 float8 =money !bit numeric regprocedure* regoper* regoperator*
 regclass* regtype* regconfig* regdictionary* regnamespace* regrole* regcollation*
int4range !int4multirange
int8 =int2 =int4 regproc oid float4 float8 =money !bit numeric regprocedure regoper regoperator regclass regtype
 regconfig regdictionary regnamespace regrole regcollation
int8range !int8multirange
interval =time interval
json =jsonb
jsonb !bool !int8 !int2 !int4 =json !float4 !float8 !numeric
lseg !point
macaddr macaddr8
macaddr8 macaddr
money =numeric
name text =bpchar =varchar
numeric =int8 =int2 =int4 float4 float8 =money numeric
numrange !nummultirange
oid =int8 =int4* regproc* regprocedure* regoper* regoperator* regclass* regtype* regconfig* regdictionary*
 regnamespace* regrole* regcollation*
path =polygon
pg_dependencies bytea* text
pg_mcv_list bytea* text
pg_ndistinct bytea* text
pg_node_tree text*
point =box
polygon !point =path !box !circle
regclass =int8 =int4* oid*
regcollation =int8 =int4* oid*
regconfig =int8 =int4* oid*
regdictionary =int8 =int4* oid*
regnamespace =int8 =int4* oid*
regoper =int8 =int4* oid* regoperator*
regoperator =int8 =int4* oid* regoper*
regproc =int8 =int4* oid* regprocedure*
regprocedure =int8 =int4* regproc* oid*
regrole =int8 =int4* oid*
regtype =int8 =int4* oid*
text =char name !xml bpchar* varchar* regclass
time time interval timetz
timestamp =date =time timestamp timestamptz
timestamptz =date =time =timestamp timestamptz =timetz
timetz =time timetz
tsrange !tsmultirange
tstzrange !tstzmultirange
varbit bit* varbit
varchar =char name text* !xml bpchar* varchar regclass
xid8 !xid
xml =text* =bpchar* =varchar*)";

const std::string_view kBuiltinParameters = R"(
jsonb_insert jsonb_in path replacement insert_after
jsonb_path_exists target path vars silent
jsonb_path_exists_tz target path vars silent
jsonb_path_match target path vars silent
jsonb_path_match_tz target path vars silent
jsonb_path_query_array target path vars silent
jsonb_path_query_array_tz target path vars silent
jsonb_path_query_first target path vars silent
jsonb_path_query_first_tz target path vars silent
jsonb_set jsonb_in path replacement create_if_missing
jsonb_set_lax jsonb_in path replacement create_if_missing null_value_treatment
make_date year month day
make_interval years months weeks days hours mins secs
make_time hour min sec
make_timestamp year month mday hour min sec)";

const std::string_view kBuiltinTypes = R"(
B bool!
D date time timestamp timestamptz! timetz
G box circle line lseg path point polygon
I cidr inet!
N float4 float8! int2 int4 int8 money numeric oid! regclass regcollation regconfig regdictionary regnamespace
 regoper regoperator regproc regprocedure regrole regtype
R datemultirange daterange int4multirange int4range int8multirange int8range nummultirange numrange tsmultirange
 tsrange tstzmultirange tstzrange
S bpchar name text! varchar
T interval!
U aclitem bytea cid gtsvector json jsonb jsonpath macaddr macaddr8 pg_lsn pg_snapshot refcursor tid tsquery
 tsvector txid_snapshot uuid xid xid8 xml
V bit varbit!
X unknown
Z char pg_brin_bloom_summary pg_brin_minmax_multi_summary pg_dependencies pg_mcv_list pg_ndistinct pg_node_tree)";
const std::string_view kBuiltinOpClasses = R"(
brin bit_minmax_ops(bit) box_inclusion_ops(box) bpchar_bloom_ops(bpchar) bpchar_minmax_ops(bpchar)
 bytea_bloom_ops(bytea) bytea_minmax_ops(bytea) char_bloom_ops(char) char_minmax_ops(char) date_bloom_ops(date)
 date_minmax_multi_ops(date) date_minmax_ops(date) float4_bloom_ops(float4) float4_minmax_multi_ops(float4)
 float4_minmax_ops(float4) float8_bloom_ops(float8) float8_minmax_multi_ops(float8) float8_minmax_ops(float8)
 inet_bloom_ops(inet) inet_inclusion_ops(inet) inet_minmax_multi_ops(inet) inet_minmax_ops(inet) int2_bloom_ops(int2)
 int2_minmax_multi_ops(int2) int2_minmax_ops(int2) int4_bloom_ops(int4) int4_minmax_multi_ops(int4)
 int4_minmax_ops(int4) int8_bloom_ops(int8) int8_minmax_multi_ops(int8) int8_minmax_ops(int8)
 interval_bloom_ops(interval) interval_minmax_multi_ops(interval) interval_minmax_ops(interval)
 macaddr8_bloom_ops(macaddr8) macaddr8_minmax_multi_ops(macaddr8) macaddr8_minmax_ops(macaddr8)
 macaddr_bloom_ops(macaddr) macaddr_minmax_multi_ops(macaddr) macaddr_minmax_ops(macaddr) name_bloom_ops(name)
 name_minmax_ops(name) numeric_bloom_ops(numeric) numeric_minmax_multi_ops(numeric) numeric_minmax_ops(numeric)
 oid_bloom_ops(oid) oid_minmax_multi_ops(oid) oid_minmax_ops(oid) pg_lsn_bloom_ops(pg_lsn)
 pg_lsn_minmax_multi_ops(pg_lsn) pg_lsn_minmax_ops(pg_lsn) range_inclusion_ops(anyrange) text_bloom_ops(text)
 text_minmax_ops(text) tid_bloom_ops(tid) tid_minmax_multi_ops(tid) tid_minmax_ops(tid) time_bloom_ops(time)
 time_minmax_multi_ops(time) time_minmax_ops(time) timestamp_bloom_ops(timestamp)
 timestamp_minmax_multi_ops(timestamp) timestamp_minmax_ops(timestamp) timestamptz_bloom_ops(timestamptz)
 timestamptz_minmax_multi_ops(timestamptz) timestamptz_minmax_ops(timestamptz) timetz_bloom_ops(timetz)
 timetz_minmax_multi_ops(timetz) timetz_minmax_ops(timetz) uuid_bloom_ops(uuid) uuid_minmax_multi_ops(uuid)
 uuid_minmax_ops(uuid) varbit_minmax_ops(varbit)
btree array_ops(anyarray) bit_ops(bit) bool_ops(bool) bpchar_ops(bpchar) bpchar_pattern_ops(bpchar) bytea_ops(bytea)
 char_ops(char) cidr_ops(inet) date_ops(date) enum_ops(anyenum) float4_ops(float4) float8_ops(float8) inet_ops(inet)
 int2_ops(int2) int4_ops(int4) int8_ops(int8) interval_ops(interval) jsonb_ops(jsonb) macaddr8_ops(macaddr8)
 macaddr_ops(macaddr) money_ops(money) multirange_ops(anymultirange) name_ops(name) numeric_ops(numeric) oid_ops(oid)
 oidvector_ops(oidvector) pg_lsn_ops(pg_lsn) range_ops(anyrange) text_ops(text) text_pattern_ops(text) tid_ops(tid)
 time_ops(time) timestamp_ops(timestamp) timestamptz_ops(timestamptz) timetz_ops(timetz) tsquery_ops(tsquery)
 tsvector_ops(tsvector) uuid_ops(uuid) varbit_ops(varbit) varchar_ops(text) varchar_pattern_ops(text) xid8_ops(xid8)
gin array_ops(anyarray) jsonb_ops(jsonb) jsonb_path_ops(jsonb) tsvector_ops(tsvector)
gist box_ops(box) circle_ops(circle) inet_ops(inet) multirange_ops(anymultirange) point_ops(point) poly_ops(polygon)
 range_ops(anyrange) tsquery_ops(tsquery) tsvector_ops(tsvector)
hash array_ops(anyarray) bool_ops(bool) bpchar_ops(bpchar) bpchar_pattern_ops(bpchar) bytea_ops(bytea) char_ops(char)
 cidr_ops(inet) date_ops(date) enum_ops(anyenum) float4_ops(float4) float8_ops(float8) inet_ops(inet) int2_ops(int2)
 int4_ops(int4) int8_ops(int8) interval_ops(interval) jsonb_ops(jsonb) macaddr8_ops(macaddr8) macaddr_ops(macaddr)
 multirange_ops(anymultirange) name_ops(name) numeric_ops(numeric) oid_ops(oid) oidvector_ops(oidvector)
 pg_lsn_ops(pg_lsn) range_ops(anyrange) text_ops(text) text_pattern_ops(text) tid_ops(tid) time_ops(time)
 timestamp_ops(timestamp) timestamptz_ops(timestamptz) timetz_ops(timetz) uuid_ops(uuid) varchar_ops(text)
 varchar_pattern_ops(text) xid8_ops(xid8) xid_ops(xid)
spgist box_ops(box) inet_ops(inet) kd_point_ops(point) poly_ops(polygon) quad_point_ops(point) range_ops(anyrange)
 text_ops(text)
)";

// clang-format on

}  // namespace refract::catalog
