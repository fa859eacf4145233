/// The yardstick of the benchmarks: simdjson's bare DOM parse, one call a line.
#ifndef CYARDSTICK_H
#define CYARDSTICK_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// 1 when the package was built against simdjson, 0 when its header was absent.
int yardstick_has_simdjson(void);

/// Version and active implementation, `simdjson 3.0.1 icelake`; `none` without simdjson. Never null, never freed.
const char *yardstick_simdjson_name(void);

/// Parses every line of `bytes[0..<n]` into a DOM with one reused parser and returns how many lines were parsed;
/// empty lines count for nothing. -1 when a line is no JSON, when memory runs out or without simdjson.
///
/// At least 64 readable bytes must follow `bytes[n - 1]`: the parser reads ahead instead of copying each line.
int64_t yardstick_simdjson_parse_lines(const char *bytes, size_t n);

/// The same over lines that were split before: line `i` ends before `bytes[ends[i]]`, its newline, and starts behind
/// the one before. The bare parse without the search for newlines, which costs about 5 % of it.
int64_t yardstick_simdjson_parse_split(const char *bytes, const uint64_t *ends, size_t lines);

#ifdef __cplusplus
}
#endif

#endif
