#include "CYardstick.h"

#if __has_include(<simdjson.h>)

#include <simdjson.h>

#include <cstring>
#include <string>

namespace {

/// Fastest first; the names are simdjson's own. Its own choice at start is the same, but it is made in the first parse
/// and would be timed with it.
const simdjson::implementation *best() {
    for (const char *name : {"icelake", "haswell", "westmere", "arm64", "ppc64", "fallback"}) {
        const simdjson::implementation *found = simdjson::get_available_implementations()[name];
        if (found != nullptr && found->supported_by_runtime_system()) return found;
    }
    return nullptr;
}

const std::string &description() {
    static const std::string text = [] {
        if (const simdjson::implementation *found = best()) simdjson::get_active_implementation() = found;
        return "simdjson " SIMDJSON_STRINGIFY(SIMDJSON_VERSION) " " + simdjson::get_active_implementation()->name();
    }();
    return text;
}

} // namespace

extern "C" int yardstick_has_simdjson(void) { return 1; }

extern "C" const char *yardstick_simdjson_name(void) { return description().c_str(); }

extern "C" int64_t yardstick_simdjson_parse_lines(const char *bytes, size_t n) {
    description();
    simdjson::dom::parser parser;
    int64_t lines = 0;
    size_t offset = 0;
    while (offset < n) {
        const char *line = bytes + offset;
        const void *end = std::memchr(line, '\n', n - offset);
        const size_t length = end != nullptr ? static_cast<size_t>(static_cast<const char *>(end) - line) : n - offset;
        if (length > 0) {
            simdjson::dom::element element;
            // `false`: the bytes are padded already, what follows a line is the next one or the spare bytes.
            if (parser.parse(line, length, false).get(element) != simdjson::SUCCESS) return -1;
            lines += 1;
        }
        offset += length + 1;
    }
    return lines;
}

extern "C" int64_t yardstick_simdjson_parse_split(const char *bytes, const uint64_t *ends, size_t lines) {
    description();
    simdjson::dom::parser parser;
    int64_t parsed = 0;
    uint64_t start = 0;
    for (size_t line = 0; line < lines; line++) {
        const size_t length = static_cast<size_t>(ends[line] - start);
        if (length > 0) {
            simdjson::dom::element element;
            if (parser.parse(bytes + start, length, false).get(element) != simdjson::SUCCESS) return -1;
            parsed += 1;
        }
        start = ends[line] + 1;
    }
    return parsed;
}

#else

extern "C" int yardstick_has_simdjson(void) { return 0; }

extern "C" const char *yardstick_simdjson_name(void) { return "none"; }

extern "C" int64_t yardstick_simdjson_parse_lines(const char *, size_t) { return -1; }

extern "C" int64_t yardstick_simdjson_parse_split(const char *, const uint64_t *, size_t) { return -1; }

#endif
