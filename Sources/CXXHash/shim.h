// The forms of xxHash 0.8.1 that choose their vector instructions at run time exist on x86 only.
#define XXH_STATIC_LINKING_ONLY
#include <xxhash.h>
#if defined(__x86_64__) && __has_include(<xxh_x86dispatch.h>)
#include <xxh_x86dispatch.h>
#endif

static inline XXH128_hash_t assay_xxh3_128(const void *bytes, size_t count, const void *secret, size_t secret_count) {
    return XXH3_128bits_withSecret(bytes, count, secret, secret_count);
}

static inline int assay_xxh3_secret(void *secret, size_t secret_count, const void *key, size_t key_count) {
    return XXH3_generateSecret(secret, secret_count, key, key_count) == XXH_OK;
}
