// Bitmaps of a chunk of JSON lines: the one part of the scanner that needs vector instructions.
#ifndef CASSAYMASKS_H
#define CASSAYMASKS_H
#include <stddef.h>
#include <stdint.h>

// What 64 bytes of text hold, one bit a byte. Brackets and ends count only outside strings.
typedef struct {
    uint64_t quotes;  // quotes that open or close a string
    uint64_t opens;   // { and [
    uint64_t closes;  // } and ]
    uint64_t ends;    // , } and ]
} assay_block;

// Fills `blocks` (one for each started 64 bytes) and `lines` (the offset of each line end; at most `line_capacity`).
// Reads `count` bytes rounded up to 64. `escapes` gets one bit a block that holds a backslash, 64 blocks a word.
// Returns the number of line ends, or -1 when a line ends inside a string: such text is not sealed JSON lines.
int64_t assay_index(const uint8_t *bytes, size_t count, assay_block *blocks, uint64_t *escapes, uint32_t *lines,
                    size_t line_capacity);

// The offset just behind the bracket that closes `depth` open ones, looking from `position` on; SIZE_MAX when none does
// before block `limit`.
size_t assay_skip(const assay_block *blocks, size_t limit, size_t position, int64_t depth);

// Copies words one by one: most copies of the scanner are of one to ten words, too few for a call of memcpy, which a
// compiler would make of the loop without the barrier.
static inline void assay_copy(uint64_t *to, const uint64_t *from, size_t count) {
    for (size_t i = 0; i < count; i++) {
        to[i] = from[i];
        __asm__ volatile("" ::: "memory");
    }
}

// What the processor offers and the program uses: avx512, avx2, sse2, neon or portable.
const char *assay_masks_name(void);
#endif
