#include "CAssayMasks.h"
#include <string.h>

// One bit a byte for 64 bytes.
typedef struct {
    uint64_t quote, backslash, open, close, comma, newline;
} raw_masks;

#if defined(__x86_64__)
#include <immintrin.h>

// {[ and }] differ from each other by 0x20 in ASCII, so one comparison finds both.
#define AVX2 __attribute__((target("avx2,pclmul,popcnt,bmi,bmi2,lzcnt")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx2,pclmul,popcnt,bmi,bmi2,lzcnt")))

static inline raw_masks masks_sse2(const uint8_t *p) {
    raw_masks m = {0, 0, 0, 0, 0, 0};
    for (int i = 0; i < 4; i++) {
        __m128i v = _mm_loadu_si128((const __m128i *)(p + 16 * i));
        __m128i w = _mm_or_si128(v, _mm_set1_epi8(0x20));
        int s = 16 * i;
        m.quote |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8('"'))) << s;
        m.backslash |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8('\\'))) << s;
        m.open |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(w, _mm_set1_epi8('{'))) << s;
        m.close |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(w, _mm_set1_epi8('}'))) << s;
        m.comma |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(','))) << s;
        m.newline |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n'))) << s;
    }
    return m;
}

AVX2 static inline raw_masks masks_avx2(const uint8_t *p) {
    __m256i a = _mm256_loadu_si256((const __m256i *)p), b = _mm256_loadu_si256((const __m256i *)(p + 32));
    __m256i bit = _mm256_set1_epi8(0x20), oa = _mm256_or_si256(a, bit), ob = _mm256_or_si256(b, bit);
#define PAIR(x, y, c)                                                                                   \
    ((uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(x, _mm256_set1_epi8(c))) |              \
     (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(y, _mm256_set1_epi8(c))) << 32)
    raw_masks m = {PAIR(a, b, '"'), PAIR(a, b, '\\'), PAIR(oa, ob, '{'), PAIR(oa, ob, '}'), PAIR(a, b, ','),
                   PAIR(a, b, '\n')};
#undef PAIR
    return m;
}

AVX512 static inline raw_masks masks_avx512(const uint8_t *p) {
    __m512i v = _mm512_loadu_si512((const void *)p), w = _mm512_or_si512(v, _mm512_set1_epi8(0x20));
    raw_masks m = {_mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('"')),
                   _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\\')),
                   _mm512_cmpeq_epi8_mask(w, _mm512_set1_epi8('{')),
                   _mm512_cmpeq_epi8_mask(w, _mm512_set1_epi8('}')),
                   _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(',')),
                   _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\n'))};
    return m;
}

AVX2 static inline uint64_t prefix_xor_clmul(uint64_t bits) {
    return (uint64_t)_mm_cvtsi128_si64(
        _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)bits), _mm_set1_epi8((char)0xFF), 0));
}
#elif defined(__aarch64__)
#include <arm_neon.h>

static inline uint64_t movemask_neon(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) {
    const uint8x16_t bits = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t ab = vpaddq_u8(vandq_u8(a, bits), vandq_u8(b, bits));
    uint8x16_t cd = vpaddq_u8(vandq_u8(c, bits), vandq_u8(d, bits));
    ab = vpaddq_u8(ab, cd);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(ab, ab)), 0);
}

static inline raw_masks masks_neon(const uint8_t *p) {
    uint8x16_t v[4], w[4];
    for (int i = 0; i < 4; i++) {
        v[i] = vld1q_u8(p + 16 * i);
        w[i] = vorrq_u8(v[i], vdupq_n_u8(0x20));
    }
#define FOUR(x, c)                                                                                  \
    movemask_neon(vceqq_u8(x[0], vdupq_n_u8(c)), vceqq_u8(x[1], vdupq_n_u8(c)),                     \
                  vceqq_u8(x[2], vdupq_n_u8(c)), vceqq_u8(x[3], vdupq_n_u8(c)))
    raw_masks m = {FOUR(v, '"'), FOUR(v, '\\'), FOUR(w, '{'), FOUR(w, '}'), FOUR(v, ','), FOUR(v, '\n')};
#undef FOUR
    return m;
}
#endif

static inline raw_masks masks_portable(const uint8_t *p) {
    raw_masks m = {0, 0, 0, 0, 0, 0};
    for (int i = 0; i < 64; i++) {
        uint64_t bit = (uint64_t)1 << i;
        uint8_t c = p[i];
        m.quote |= c == '"' ? bit : 0;
        m.backslash |= c == '\\' ? bit : 0;
        m.open |= (c | 0x20) == '{' ? bit : 0;
        m.close |= (c | 0x20) == '}' ? bit : 0;
        m.comma |= c == ',' ? bit : 0;
        m.newline |= c == '\n' ? bit : 0;
    }
    return m;
}

static inline uint64_t prefix_xor_portable(uint64_t bits) {
    for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
    return bits;
}

// Which bytes are escaped by a backslash before them; `carry` says whether the first byte is.
static inline uint64_t escaped_bytes(uint64_t backslash, uint64_t *carry) {
    uint64_t escaped = 0, first = *carry;
    *carry = 0;
    if (first) {
        escaped = 1;
        backslash &= ~(uint64_t)1;
    }
    while (backslash) {
        uint64_t at = backslash & -backslash;
        if (at >> 63) {
            *carry = 1;
            break;
        }
        escaped |= at << 1;
        backslash &= ~(at | at << 1);
    }
    return escaped;
}

#define INDEX(NAME, TARGET, MASKS, PREFIX_XOR)                                                                        \
    TARGET static int64_t NAME(const uint8_t *bytes, size_t count, assay_block *blocks, uint64_t *escapes,           \
                               uint32_t *lines, size_t line_capacity) {                                              \
        uint64_t in_string = 0, carry = 0, broken = 0;                                                               \
        size_t found = 0;                                                                                            \
        for (size_t i = 0; i < count; i += 64) {                                                                     \
            raw_masks m = MASKS(bytes + i);                                                                          \
            size_t block = i / 64;                                                                                   \
            if (block % 64 == 0) escapes[block / 64] = 0;                                                            \
            uint64_t quote = m.quote;                                                                                \
            if (m.backslash | carry) {                                                                               \
                quote &= ~escaped_bytes(m.backslash, &carry);                                                        \
                escapes[block / 64] |= (uint64_t)1 << (block % 64);                                                  \
            }                                                                                                        \
            uint64_t strings = PREFIX_XOR(quote) ^ in_string;                                                        \
            in_string = (uint64_t)((int64_t)strings >> 63);                                                          \
            uint64_t valid = count - i >= 64 ? ~(uint64_t)0 : ~(uint64_t)0 >> (64 - (count - i));                    \
            assay_block b = {quote & valid, m.open & ~strings & valid, m.close & ~strings & valid, 0};               \
            b.ends = (m.comma & ~strings & valid) | b.closes;                                                        \
            blocks[block] = b;                                                                                       \
            uint64_t newline = m.newline & valid;                                                                    \
            broken |= newline & strings;                                                                             \
            while (newline) {                                                                                        \
                if (found < line_capacity) lines[found] = (uint32_t)(i + (size_t)__builtin_ctzll(newline));          \
                found++;                                                                                             \
                newline &= newline - 1;                                                                              \
            }                                                                                                        \
        }                                                                                                            \
        return broken || found > line_capacity ? -1 : (int64_t)found;                                                \
    }

#define SKIP(NAME, TARGET)                                                                                            \
    TARGET static size_t NAME(const assay_block *blocks, size_t limit, size_t position, int64_t depth) {             \
        size_t block = position / 64;                                                                                \
        if (block >= limit) return SIZE_MAX;                                                                         \
        uint64_t above = ~(uint64_t)0 << (position % 64);                                                            \
        uint64_t opens = blocks[block].opens & above, closes = blocks[block].closes & above;                         \
        for (;;) {                                                                                                   \
            int64_t closing = __builtin_popcountll(closes);                                                          \
            if (closing >= depth) {                                                                                  \
                for (int64_t done = 1; closes; done++) {                                                             \
                    uint64_t at = closes & -closes;                                                                  \
                    if (depth + __builtin_popcountll(opens & (at - 1)) == done)                                      \
                        return block * 64 + (size_t)__builtin_ctzll(at) + 1;                                         \
                    closes &= closes - 1;                                                                            \
                }                                                                                                    \
            }                                                                                                        \
            depth += __builtin_popcountll(opens) - closing;                                                          \
            if (++block >= limit) return SIZE_MAX;                                                                   \
            opens = blocks[block].opens;                                                                             \
            closes = blocks[block].closes;                                                                           \
        }                                                                                                            \
    }

SKIP(skip_portable, )
INDEX(index_portable, , masks_portable, prefix_xor_portable)
#if defined(__x86_64__)
SKIP(skip_popcnt, AVX2)
INDEX(index_sse2, , masks_sse2, prefix_xor_portable)
INDEX(index_avx2, AVX2, masks_avx2, prefix_xor_clmul)
INDEX(index_avx512, AVX512, masks_avx512, prefix_xor_clmul)
#elif defined(__aarch64__)
INDEX(index_neon, , masks_neon, prefix_xor_portable)
#endif

typedef int64_t (*index_function)(const uint8_t *, size_t, assay_block *, uint64_t *, uint32_t *, size_t);
typedef size_t (*skip_function)(const assay_block *, size_t, size_t, int64_t);

static index_function index_chosen = index_portable;
static skip_function skip_chosen = skip_portable;
static const char *name_chosen = "portable";

// Chosen once, before main: no thread sees a half-made choice.
__attribute__((constructor)) static void choose(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    index_chosen = index_sse2;
    name_chosen = "sse2";
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("popcnt") &&
        __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2")) {
        index_chosen = index_avx2;
        skip_chosen = skip_popcnt;
        name_chosen = "avx2";
        if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")) {
            index_chosen = index_avx512;
            name_chosen = "avx512";
        }
    }
#elif defined(__aarch64__)
    index_chosen = index_neon;
    name_chosen = "neon";
#endif
}

int64_t assay_index(const uint8_t *bytes, size_t count, assay_block *blocks, uint64_t *escapes, uint32_t *lines,
                    size_t line_capacity) {
    return index_chosen(bytes, count, blocks, escapes, lines, line_capacity);
}

size_t assay_skip(const assay_block *blocks, size_t limit, size_t position, int64_t depth) {
    return skip_chosen(blocks, limit, position, depth);
}

const char *assay_masks_name(void) { return name_chosen; }
