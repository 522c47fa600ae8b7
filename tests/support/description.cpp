// SPDX-License-Identifier: MIT
// All of a schema as text, to compare two databases by where there is no pg_dump for the server.
// It shares no code with pgmend, on purpose: it is what pgmend is judged by. Columns that only
// newer servers have are read by way of to_jsonb, which is absent for older ones.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "support/database.hpp"

namespace pgmend::test {

namespace {

/// Rows of a catalog. `columns` become one line; {own} in `from` excludes what extensions bring and
/// what the server comes with.
struct Part {
  std::string_view what;
  std::string_view catalog;
  std::string_view columns;
  std::string_view from;
  int since = 0;  // major version of the server
};

constexpr std::string_view k_own =
    "o.oid >= 16384 AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = '{0}'::regclass "
    "AND e.objid = o.oid AND e.deptype = 'e')";

// The rows of a table that an extension brought are its own as well.
constexpr std::string_view k_of_relation =
    "JOIN pg_class c ON c.oid = {0} JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT EXISTS (SELECT 1 FROM "
    "pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')";

constexpr std::string_view k_acl =
    "(SELECT array_agg(x ORDER BY x) FROM (SELECT concat_ws(' ', a.grantor::regrole, "
    "nullif(a.grantee, 0)::regrole, a.privilege_type, a.is_grantable) FROM aclexplode({0}) a) "
    "q(x))";

std::string acl(std::string_view column, std::string_view form, std::string_view owner) {
  return fmt::format(fmt::runtime(k_acl),
                     fmt::format("coalesce({}, acldefault('{}', {}))", column, form, owner));
}

const Part k_parts[] = {
    {"schema", "pg_namespace", "o.nspname, pg_get_userbyid(o.nspowner), {acl:nspacl:n:nspowner}",
     "pg_namespace o WHERE {own}"},
    {"extension", "", "o.extname, o.extnamespace::regnamespace, o.extversion", "pg_extension o"},
    {"type", "pg_type",
     "o.oid::regtype, o.typtype, format_type(o.typbasetype, o.typtypmod), o.typnotnull, "
     "pg_get_expr(o.typdefaultbin, 0), CASE WHEN o.typdefaultbin IS NULL THEN o.typdefault END, "
     "o.typcollation::regcollation, o.typinput, "
     "o.typoutput, pg_get_userbyid(o.typowner), {acl:typacl:T:typowner}",
     "pg_type o WHERE o.typtype IN ('d', 'e', 'b', 'r', 'c') AND o.typelem = 0 AND (o.typrelid = 0 "
     "OR (SELECT c.relkind = 'c' FROM pg_class c WHERE c.oid = o.typrelid)) AND {own}"},
    {"labels", "pg_type",
     "o.oid::regtype, (SELECT string_agg(l.enumlabel, ',' ORDER BY l.enumsortorder) FROM pg_enum "
     "l WHERE l.enumtypid = o.oid)",
     "pg_type o WHERE o.typtype = 'e' AND {own}"},
    {"range", "",
     "o.rngtypid::regtype, o.rngsubtype::regtype, o.rngcollation::regcollation, (SELECT "
     "k.opcnamespace::regnamespace || '.' || k.opcname FROM pg_opclass k WHERE k.oid = "
     "o.rngsubopc), o.rngcanonical, o.rngsubdiff, (to_jsonb(o)->>'rngmultitypid')::oid::regtype",
     "pg_range o WHERE o.rngtypid >= 16384"},
    {"relation", "pg_class",
     "o.oid::regclass, o.relkind, o.relpersistence, (SELECT amname FROM pg_am WHERE oid = "
     "o.relam), (SELECT array_agg(x ORDER BY x) FROM unnest(o.reloptions) x), o.relrowsecurity, "
     "o.relforcerowsecurity, o.relreplident, o.reloftype::regtype, pg_get_partkeydef(o.oid), "
     "pg_get_expr(o.relpartbound, o.oid), o.relispopulated, (SELECT t.reloptions FROM pg_class t "
     "WHERE t.oid = o.reltoastrelid), (SELECT array_agg(h.inhparent::regclass::text ORDER BY "
     "h.inhseqno) FROM pg_inherits h WHERE h.inhrelid = o.oid), pg_get_userbyid(o.relowner), "
     "CASE WHEN o.relkind = 'S' THEN {acl:relacl:s:relowner} ELSE {acl:relacl:r:relowner} END",
     "pg_class o WHERE o.relkind NOT IN ('i', 'I', 't') AND {own}"},
    {"column", "",
     "c.oid::regclass, o.attname, format_type(o.atttypid, o.atttypmod), "
     "o.attcollation::regcollation, o.attnotnull, o.attidentity, o.attgenerated, o.attstorage, "
     "nullif(to_jsonb(o)->>'attcompression', ''), nullif(to_jsonb(o)->>'attstattarget', '-1'), "
     "(SELECT array_agg(x ORDER BY x) FROM unnest(o.attoptions) x WHERE x ~ "
     "'^n_distinct'), (SELECT array_agg(x ORDER BY x) FROM unnest(o.attfdwoptions) x), (SELECT "
     "pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d "
     "WHERE d.adrelid = o.attrelid AND d.adnum = o.attnum), "
     "(SELECT array_agg(x ORDER BY x) FROM (SELECT concat_ws(' ', a.grantor::regrole, "
     "nullif(a.grantee, 0)::regrole, a.privilege_type, a.is_grantable) FROM aclexplode(o.attacl) "
     "a) "
     "q(x))",
     "pg_attribute o {of:o.attrelid} AND o.attnum > 0 AND NOT o.attisdropped AND c.relkind NOT IN "
     "('i', 'I', 'S')"},
    {"sequence", "",
     "c.oid::regclass, format_type(o.seqtypid, NULL), o.seqstart, o.seqincrement, o.seqmax, "
     "o.seqmin, o.seqcache, o.seqcycle, (SELECT ROW(d.deptype, d.refobjid::regclass, "
     "(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = d.refobjid AND a.attnum = "
     "d.refobjsubid)) FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid "
     "AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i'))",
     "pg_sequence o {of:o.seqrelid}"},
    {"view", "pg_class", "o.oid::regclass, pg_get_viewdef(o.oid)",
     "pg_class o WHERE o.relkind IN ('v', 'm') AND {own}"},
    // The names of NOT NULL constraints that the server chose by itself say nothing; nor does what
    // it keeps for each partition that a foreign key refers to: up to 17 it leaves that NOT VALID.
    {"constraint", "",
     "c.oid::regclass, o.conname, pg_get_constraintdef(o.oid), o.convalidated, o.condeferrable, "
     "o.condeferred, o.connoinherit, to_jsonb(o)->>'conenforced', o.conislocal",
     "pg_constraint o {of:o.conrelid} AND NOT (o.contype = 'n' AND NOT o.connoinherit AND "
     "o.convalidated) AND NOT EXISTS (SELECT FROM pg_constraint p WHERE p.oid = o.conparentid AND "
     "p.conrelid = o.conrelid)"},
    {"constraint", "",
     "o.contypid::regtype, o.conname, pg_get_constraintdef(o.oid), o.convalidated",
     "pg_constraint o JOIN pg_type t ON t.oid = o.contypid WHERE o.contypid >= 16384"},
    {"index", "",
     "c.oid::regclass, o.indexrelid::regclass, pg_get_indexdef(o.indexrelid), o.indisvalid, "
     "o.indisready, o.indisclustered, o.indisreplident, o.indimmediate, (SELECT "
     "h.inhparent::regclass FROM pg_inherits h WHERE h.inhrelid = o.indexrelid)",
     "pg_index o {of:o.indrelid} AND c.relkind <> 't'"},
    {"statistics", "pg_statistic_ext",
     "(SELECT string_agg(p, ', ' ORDER BY p) FROM unnest(string_to_array(replace(replace("
     "pg_get_statisticsobjdef(o.oid), ' ON ', ', '), ' FROM ', ', '), ', ')) p), "
     "nullif(to_jsonb(o)->>'stxstattarget', '-1')",
     "pg_statistic_ext o WHERE {own}"},
    {"rule", "", "pg_get_ruledef(o.oid), o.ev_enabled",
     "pg_rewrite o {of:o.ev_class} AND o.rulename <> '_RETURN'"},
    {"trigger", "", "pg_get_triggerdef(o.oid), o.tgenabled, o.tgparentid <> 0",
     "pg_trigger o {of:o.tgrelid} AND NOT o.tgisinternal"},
    {"event trigger", "pg_event_trigger",
     "o.evtname, o.evtevent, o.evtfoid::regprocedure, o.evtenabled, o.evttags",
     "pg_event_trigger o WHERE {own}"},
    {"policy", "",
     "c.oid::regclass, o.polname, o.polcmd, o.polpermissive, (SELECT array_agg(r::regrole::text "
     "ORDER BY r::regrole::text) FROM unnest(o.polroles) r), pg_get_expr(o.polqual, "
     "o.polrelid), pg_get_expr(o.polwithcheck, o.polrelid)",
     "pg_policy o {of:o.polrelid}"},
    {"function", "pg_proc",
     "pg_get_functiondef(o.oid), pg_get_userbyid(o.proowner), {acl:proacl:f:proowner}",
     "pg_proc o WHERE o.prokind <> 'a' AND {own}"},
    {"aggregate", "pg_proc",
     "o.oid::regprocedure, pg_get_function_arguments(o.oid), o.proparallel, g.aggkind, "
     "g.aggtransfn, g.aggfinalfn, g.aggcombinefn, g.aggserialfn, g.aggdeserialfn, g.aggmtransfn, "
     "g.aggminvtransfn, g.aggmfinalfn, g.aggfinalextra, g.aggmfinalextra, g.aggfinalmodify, "
     "g.aggmfinalmodify, g.aggsortop::regoperator, g.aggtranstype::regtype, g.aggtransspace, "
     "g.aggmtranstype::regtype, g.aggmtransspace, g.agginitval, g.aggminitval, o.prosupport",
     "pg_proc o JOIN pg_aggregate g ON g.aggfnoid = o.oid WHERE {own}"},
    {"operator", "pg_operator",
     "o.oid::regoperator, o.oprcode, o.oprcom::regoperator, o.oprnegate::regoperator, o.oprrest, "
     "o.oprjoin, o.oprcanhash, o.oprcanmerge",
     "pg_operator o WHERE o.oprcode <> 0 AND {own}"},
    {"operator family", "pg_opfamily",
     "o.opfnamespace::regnamespace, o.opfname, (SELECT amname FROM pg_am WHERE oid = o.opfmethod), "
     "(SELECT array_agg(concat_ws(' ', m.amoplefttype::regtype, m.amoprighttype::regtype, "
     "m.amopstrategy, m.amoppurpose, m.amopopr::regoperator) ORDER BY m.amoplefttype::regtype::text"
     ", m.amoprighttype::regtype::text, m.amopstrategy) FROM pg_amop m WHERE m.amopfamily = o.oid),"
     "(SELECT array_agg(concat_ws(' ', m.amproclefttype::regtype, m.amprocrighttype::regtype, "
     "m.amprocnum, m.amproc::oid::regprocedure) ORDER BY m.amproclefttype::regtype::text, "
     "m.amprocrighttype::regtype::text, m.amprocnum) FROM pg_amproc m WHERE m.amprocfamily = "
     "o.oid)",
     "pg_opfamily o WHERE {own}"},
    {"operator class", "pg_opclass",
     "o.opcnamespace::regnamespace, o.opcname, (SELECT amname FROM pg_am WHERE oid = o.opcmethod), "
     "(SELECT opfname FROM pg_opfamily WHERE oid = o.opcfamily), o.opcintype::regtype, "
     "o.opcdefault, o.opckeytype::regtype",
     "pg_opclass o WHERE {own}"},
    {"cast", "pg_cast",
     "o.castsource::regtype, o.casttarget::regtype, o.castfunc::regprocedure, o.castcontext, "
     "o.castmethod",
     "pg_cast o WHERE {own}"},
    {"collation", "pg_collation",
     "o.oid::regcollation, o.collprovider, o.collisdeterministic, o.collcollate, "
     "o.collctype, coalesce(to_jsonb(o)->>'colllocale', to_jsonb(o)->>'colliculocale'), "
     "to_jsonb(o)->>'collicurules'",
     "pg_collation o WHERE {own}"},
    {"conversion", "pg_conversion",
     "o.connamespace::regnamespace, o.conname, o.conforencoding, o.contoencoding, o.conproc, "
     "o.condefault",
     "pg_conversion o WHERE {own}"},
    {"text search parser", "pg_ts_parser",
     "o.prsnamespace::regnamespace, o.prsname, o.prsstart, o.prstoken, o.prsend, o.prsheadline, "
     "o.prslextype",
     "pg_ts_parser o WHERE {own}"},
    {"text search template", "pg_ts_template",
     "o.tmplnamespace::regnamespace, o.tmplname, o.tmplinit, o.tmpllexize",
     "pg_ts_template o WHERE {own}"},
    {"text search dictionary", "pg_ts_dict",
     "o.oid::regdictionary, (SELECT tmplname FROM pg_ts_template t WHERE t.oid = o.dicttemplate), "
     "o.dictinitoption",
     "pg_ts_dict o WHERE {own}"},
    {"text search configuration", "pg_ts_config",
     "o.oid::regconfig, (SELECT prsname FROM pg_ts_parser p WHERE p.oid = o.cfgparser), (SELECT "
     "array_agg(m.maptokentype || ':' || m.mapdict::regdictionary ORDER BY m.maptokentype, "
     "m.mapseqno) FROM pg_ts_config_map m WHERE m.mapcfg = o.oid)",
     "pg_ts_config o WHERE {own}"},
    {"foreign-data wrapper", "pg_foreign_data_wrapper",
     "o.fdwname, o.fdwhandler::regproc, o.fdwvalidator::regproc, "
     "(to_jsonb(o)->>'fdwconnection')::oid::regproc, (SELECT array_agg(x ORDER BY x) "
     "FROM unnest(o.fdwoptions) x)",
     "pg_foreign_data_wrapper o WHERE {own}"},
    {"foreign server", "pg_foreign_server",
     "o.srvname, (SELECT fdwname FROM pg_foreign_data_wrapper w WHERE w.oid = o.srvfdw), "
     "o.srvtype, o.srvversion, (SELECT array_agg(x ORDER BY x) FROM unnest(o.srvoptions) x)",
     "pg_foreign_server o WHERE {own}"},
    {"foreign table", "",
     "c.oid::regclass, (SELECT srvname FROM pg_foreign_server s WHERE s.oid = o.ftserver), "
     "(SELECT array_agg(x ORDER BY x) FROM unnest(o.ftoptions) x)",
     "pg_foreign_table o {of:o.ftrelid}"},
    {"publication", "pg_publication",
     "o.pubname, o.puballtables, to_jsonb(o)->>'puballsequences', o.pubinsert, o.pubupdate, "
     "o.pubdelete, o.pubtruncate, o.pubviaroot",
     "pg_publication o WHERE {own}"},
    {"published", "",
     "(SELECT pubname FROM pg_publication p WHERE p.oid = o.prpubid), c.oid::regclass, "
     "to_jsonb(o)->>'prexcept', (SELECT array_agg(a.attname ORDER BY a.attname) FROM pg_attribute "
     "a WHERE a.attrelid = c.oid AND "
     "a.attnum IN (SELECT m[1]::int FROM regexp_matches(to_jsonb(o)->>'prattrs', '[0-9]+', 'g') "
     "m))",
     "pg_publication_rel o {of:o.prrelid}"},
    {"published rows", "",
     "(SELECT pubname FROM pg_publication p WHERE p.oid = o.prpubid), c.oid::regclass, "
     "pg_get_expr(o.prqual, c.oid)",
     "pg_publication_rel o {of:o.prrelid}", 15},
    {"published schema", "",
     "(SELECT pubname FROM pg_publication p WHERE p.oid = o.pnpubid), o.pnnspid::regnamespace",
     "pg_publication_namespace o", 15},
    {"access method", "pg_am", "o.amname, o.amtype, o.amhandler", "pg_am o WHERE {own}"},
    {"language", "pg_language",
     "o.lanname, o.lanpltrusted, o.lanplcallfoid::regproc, o.laninline::regproc, "
     "o.lanvalidator::regproc",
     "pg_language o WHERE {own}"},
    {"transform", "pg_transform",
     "o.trftype::regtype, (SELECT lanname FROM pg_language l WHERE l.oid = o.trflang), o.trffromsql"
     ", o.trftosql",
     "pg_transform o WHERE {own}"},
    {"default privileges", "",
     "pg_get_userbyid(o.defaclrole), o.defaclnamespace::regnamespace, o.defaclobjtype, (SELECT "
     "array_agg(x ORDER BY x) FROM (SELECT concat_ws(' ', nullif(a.grantee, 0)::regrole, "
     "a.privilege_type, a.is_grantable) FROM aclexplode(o.defaclacl) a) q(x))",
     "pg_default_acl o"},
    {"comment", "", "i.type, i.identity, o.description",
     "pg_description o, pg_identify_object(o.classoid, o.objoid, o.objsubid) i WHERE (o.objoid >= "
     "16384 OR i.type = 'schema') AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = "
     "o.classoid AND e.objid = o.objoid AND e.deptype = 'e') AND i.identity IS DISTINCT FROM "
     "'plpgsql'"},
};

/// Fills in {own}, {of:column} and {acl:column:form:owner}.
std::string query(const Part& part) {
  auto sql =
      fmt::format("SELECT '{} ' || ROW({})::text FROM {}", part.what, part.columns, part.from);
  if (const auto at = sql.find("{own}"); at != std::string::npos)
    sql.replace(at, 5, fmt::format(fmt::runtime(k_own), part.catalog));
  for (auto at = sql.find("{of:"); at != std::string::npos; at = sql.find("{of:")) {
    const auto end = sql.find('}', at);
    const auto column = sql.substr(at + 4, end - at - 4);
    sql.replace(at, end - at + 1, fmt::format(fmt::runtime(k_of_relation), column));
  }
  for (auto at = sql.find("{acl:"); at != std::string::npos; at = sql.find("{acl:")) {
    const auto end = sql.find('}', at);
    const auto spec = sql.substr(at + 5, end - at - 5);
    const auto first = spec.find(':');
    const auto second = spec.find(':', first + 1);
    sql.replace(at, end - at + 1,
                acl("o." + spec.substr(0, first), spec.substr(first + 1, second - first - 1),
                    "o." + spec.substr(second + 1)));
  }
  return sql;
}

}  // namespace

std::string Database::description() const {
  auto connection = connect();
  connection.query("SET search_path = pg_catalog");
  std::vector<std::string> lines;
  for (const auto& part : k_parts) {
    if (connection.server_major() < part.since) continue;
    const auto result = connection.query(query(part));
    for (int row = 0; row < result.rows(); ++row) lines.emplace_back(result.get(row, 0));
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

}  // namespace pgmend::test
