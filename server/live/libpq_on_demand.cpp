// libpq brings twenty libraries along (Kerberos, LDAP, TLS), which take longer to load than everything else the program
// does at its start, and most runs never connect to a database. So libpqxx is linked from its archive and finds the
// functions below in place of libpq's: the first call loads the library.

#include <dlfcn.h>
#include <libpq-fe.h>

#include <stdexcept>
#include <string>

namespace {

void* libpq() {
  static void* const library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    throw std::runtime_error(std::string("PostgreSQL's client library is not installed: ") + dlerror());
  }
  return library;
}

template <typename Function>
Function* find(const char* name) {
  void* const found = dlsym(libpq(), name);
  if (found == nullptr) throw std::runtime_error(std::string("PostgreSQL's client library has no ") + name);
  return reinterpret_cast<Function*>(found);
}

}  // namespace

#define REFRACT_FORWARD(result, name, parameters, arguments)   \
  extern "C" result name parameters {                          \
    static auto* const function = find<decltype(name)>(#name); \
    return function arguments;                                 \
  }

// What libpqxx 6 and session.cpp call, as libpq-fe.h declares it.
REFRACT_FORWARD(int, PQbackendPID, (const PGconn* conn), (conn))
REFRACT_FORWARD(int, PQcancel, (PGcancel * cancel, char* errbuf, int errbufsize), (cancel, errbuf, errbufsize))
REFRACT_FORWARD(void, PQclear, (PGresult * res), (res))
REFRACT_FORWARD(int, PQclientEncoding, (const PGconn* conn), (conn))
REFRACT_FORWARD(char*, PQcmdStatus, (PGresult * res), (res))
REFRACT_FORWARD(char*, PQcmdTuples, (PGresult * res), (res))
REFRACT_FORWARD(PostgresPollingStatusType, PQconnectPoll, (PGconn * conn), (conn))
REFRACT_FORWARD(PGconn*, PQconnectStart, (const char* conninfo), (conninfo))
REFRACT_FORWARD(PGconn*, PQconnectdb, (const char* conninfo), (conninfo))
REFRACT_FORWARD(void, PQconninfoFree, (PQconninfoOption * connOptions), (connOptions))
REFRACT_FORWARD(PQconninfoOption*, PQconninfoParse, (const char* conninfo, char** errmsg), (conninfo, errmsg))
REFRACT_FORWARD(int, PQconsumeInput, (PGconn * conn), (conn))
REFRACT_FORWARD(char*, PQdb, (const PGconn* conn), (conn))
REFRACT_FORWARD(char*, PQencryptPassword, (const char* passwd, const char* user), (passwd, user))
REFRACT_FORWARD(int, PQendcopy, (PGconn * conn), (conn))
REFRACT_FORWARD(char*, PQerrorMessage, (const PGconn* conn), (conn))
REFRACT_FORWARD(unsigned char*, PQescapeByteaConn,
                (PGconn * conn, const unsigned char* from, size_t from_length, size_t* to_length),
                (conn, from, from_length, to_length))
REFRACT_FORWARD(char*, PQescapeIdentifier, (PGconn * conn, const char* str, size_t len), (conn, str, len))
REFRACT_FORWARD(size_t, PQescapeStringConn, (PGconn * conn, char* to, const char* from, size_t length, int* error),
                (conn, to, from, length, error))
REFRACT_FORWARD(PGresult*, PQexec, (PGconn * conn, const char* query), (conn, query))
REFRACT_FORWARD(PGresult*, PQexecParams,
                (PGconn * conn, const char* command, int nParams, const Oid* paramTypes, const char* const* paramValues,
                 const int* paramLengths, const int* paramFormats, int resultFormat),
                (conn, command, nParams, paramTypes, paramValues, paramLengths, paramFormats, resultFormat))
REFRACT_FORWARD(PGresult*, PQexecPrepared,
                (PGconn * conn, const char* stmtName, int nParams, const char* const* paramValues,
                 const int* paramLengths, const int* paramFormats, int resultFormat),
                (conn, stmtName, nParams, paramValues, paramLengths, paramFormats, resultFormat))
REFRACT_FORWARD(void, PQfinish, (PGconn * conn), (conn))
REFRACT_FORWARD(char*, PQfname, (const PGresult* res, int field_num), (res, field_num))
REFRACT_FORWARD(int, PQfnumber, (const PGresult* res, const char* field_name), (res, field_name))
REFRACT_FORWARD(void, PQfreeCancel, (PGcancel * cancel), (cancel))
REFRACT_FORWARD(void, PQfreemem, (void* ptr), (ptr))
REFRACT_FORWARD(Oid, PQftable, (const PGresult* res, int field_num), (res, field_num))
REFRACT_FORWARD(int, PQftablecol, (const PGresult* res, int field_num), (res, field_num))
REFRACT_FORWARD(Oid, PQftype, (const PGresult* res, int field_num), (res, field_num))
REFRACT_FORWARD(PGcancel*, PQgetCancel, (PGconn * conn), (conn))
REFRACT_FORWARD(int, PQgetCopyData, (PGconn * conn, char** buffer, int async), (conn, buffer, async))
REFRACT_FORWARD(PGresult*, PQgetResult, (PGconn * conn), (conn))
REFRACT_FORWARD(int, PQgetisnull, (const PGresult* res, int tup_num, int field_num), (res, tup_num, field_num))
REFRACT_FORWARD(int, PQgetlength, (const PGresult* res, int tup_num, int field_num), (res, tup_num, field_num))
REFRACT_FORWARD(char*, PQgetvalue, (const PGresult* res, int tup_num, int field_num), (res, tup_num, field_num))
REFRACT_FORWARD(char*, PQhost, (const PGconn* conn), (conn))
REFRACT_FORWARD(int, PQisBusy, (PGconn * conn), (conn))
REFRACT_FORWARD(int, PQisthreadsafe, (), ())
REFRACT_FORWARD(int, PQnfields, (const PGresult* res), (res))
REFRACT_FORWARD(PGnotify*, PQnotifies, (PGconn * conn), (conn))
REFRACT_FORWARD(int, PQntuples, (const PGresult* res), (res))
REFRACT_FORWARD(Oid, PQoidValue, (const PGresult* res), (res))
REFRACT_FORWARD(char*, PQport, (const PGconn* conn), (conn))
REFRACT_FORWARD(PGresult*, PQprepare,
                (PGconn * conn, const char* stmtName, const char* query, int nParams, const Oid* paramTypes),
                (conn, stmtName, query, nParams, paramTypes))
REFRACT_FORWARD(int, PQprotocolVersion, (const PGconn* conn), (conn))
REFRACT_FORWARD(int, PQputCopyData, (PGconn * conn, const char* buffer, int nbytes), (conn, buffer, nbytes))
REFRACT_FORWARD(int, PQputCopyEnd, (PGconn * conn, const char* errormsg), (conn, errormsg))
REFRACT_FORWARD(void, PQreset, (PGconn * conn), (conn))
REFRACT_FORWARD(char*, PQresultErrorField, (const PGresult* res, int fieldcode), (res, fieldcode))
REFRACT_FORWARD(char*, PQresultErrorMessage, (const PGresult* res), (res))
REFRACT_FORWARD(ExecStatusType, PQresultStatus, (const PGresult* res), (res))
REFRACT_FORWARD(int, PQsendQuery, (PGconn * conn, const char* query), (conn, query))
REFRACT_FORWARD(int, PQserverVersion, (const PGconn* conn), (conn))
REFRACT_FORWARD(int, PQsetClientEncoding, (PGconn * conn, const char* encoding), (conn, encoding))
REFRACT_FORWARD(PGVerbosity, PQsetErrorVerbosity, (PGconn * conn, PGVerbosity verbosity), (conn, verbosity))
REFRACT_FORWARD(PQnoticeProcessor, PQsetNoticeProcessor, (PGconn * conn, PQnoticeProcessor proc, void* arg),
                (conn, proc, arg))
REFRACT_FORWARD(int, PQsocket, (const PGconn* conn), (conn))
REFRACT_FORWARD(ConnStatusType, PQstatus, (const PGconn* conn), (conn))
REFRACT_FORWARD(void, PQtrace, (PGconn * conn, FILE* debug_port), (conn, debug_port))
REFRACT_FORWARD(unsigned char*, PQunescapeBytea, (const unsigned char* strtext, size_t* retbuflen),
                (strtext, retbuflen))
REFRACT_FORWARD(PGTransactionStatusType, PQtransactionStatus, (const PGconn* conn), (conn))
REFRACT_FORWARD(void, PQuntrace, (PGconn * conn), (conn))
REFRACT_FORWARD(char*, PQuser, (const PGconn* conn), (conn))
REFRACT_FORWARD(int, lo_close, (PGconn * conn, int fd), (conn, fd))
REFRACT_FORWARD(Oid, lo_creat, (PGconn * conn, int mode), (conn, mode))
REFRACT_FORWARD(int, lo_export, (PGconn * conn, Oid lobjId, const char* filename), (conn, lobjId, filename))
REFRACT_FORWARD(Oid, lo_import, (PGconn * conn, const char* filename), (conn, filename))
REFRACT_FORWARD(int, lo_lseek, (PGconn * conn, int fd, int offset, int whence), (conn, fd, offset, whence))
REFRACT_FORWARD(int, lo_open, (PGconn * conn, Oid lobjId, int mode), (conn, lobjId, mode))
REFRACT_FORWARD(int, lo_read, (PGconn * conn, int fd, char* buf, size_t len), (conn, fd, buf, len))
REFRACT_FORWARD(int, lo_tell, (PGconn * conn, int fd), (conn, fd))
REFRACT_FORWARD(int, lo_unlink, (PGconn * conn, Oid lobjId), (conn, lobjId))
REFRACT_FORWARD(int, lo_write, (PGconn * conn, int fd, const char* buf, size_t len), (conn, fd, buf, len))
REFRACT_FORWARD(const char*, pg_encoding_to_char, (int encoding), (encoding))
