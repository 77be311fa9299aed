// Which bytes of a block are of which class. Swift's vectors have no instruction that takes one bit of each byte, and
// Swift cannot compile one function for several processors; C has both, and needs them for nothing else.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t exuvia_block __attribute__((vector_size(64)));
typedef _Bool exuvia_bits __attribute__((ext_vector_type(64)));

#define EXUVIA_MASK(condition)                                             \
  ({                                                                       \
    exuvia_bits bits = __builtin_convertvector((condition), exuvia_bits); \
    uint64_t word;                                                         \
    memcpy(&word, &bits, sizeof word);                                     \
    word;                                                                  \
  })

// Writes eight words for every 64 bytes: a bit a byte, the first byte's the lowest.
__attribute__((always_inline)) static inline void exuvia_classify(
    const uint8_t *bytes, size_t blocks, uint64_t *masks) {
  for (; blocks > 0; blocks--, bytes += 64, masks += 8) {
    exuvia_block b;
    memcpy(&b, bytes, sizeof b);
    uint64_t letter = EXUVIA_MASK((b | 0x20) - 'a' < 26);
    uint64_t digit = EXUVIA_MASK(b - '0' < 10);
    uint64_t word = letter | digit | EXUVIA_MASK((b == '-') | (b == '_'));
    // ASCII letters, digits and % + , - . / : = _ ~
    masks[0] = word | EXUVIA_MASK((b - '+' < 16) | (b == '=') | (b == '%') | (b == '~'));
    // ASCII letters, digits, _ and -
    masks[1] = word;
    masks[2] = letter;
    masks[3] = digit;
    masks[4] = EXUVIA_MASK(b - 'A' < 26);
    // Bytes of characters beyond ASCII.
    masks[5] = EXUVIA_MASK(b >= 0x80);
    // What escapes begin with: % & \ and ESC.
    masks[6] = EXUVIA_MASK((b == '%') | (b == '&') | (b == '\\') | (b == 0x1B));
    // Quotation marks, asterisks, colons and line feeds.
    masks[7] = EXUVIA_MASK(
        (b == '\n') | (b == '`') | (b == '"') | (b == '\'') | (b == '*') | (b == ':'));
  }
}

// Which of 64 bytes begin a character beyond ASCII that is not of the everyday sorts: Latin letters with accents,
// Chinese, Japanese and Korean ones, quotation marks, bullets, dashes behind a space, emoji. Reads a byte before them and
// two behind.
__attribute__((always_inline)) static inline uint64_t exuvia_classify_strange(
    const uint8_t *bytes) {
  exuvia_block before, b, second, third;
  memcpy(&before, bytes - 1, sizeof b);
  memcpy(&b, bytes, sizeof b);
  memcpy(&second, bytes + 1, sizeof b);
  memcpy(&third, bytes + 2, sizeof b);
  uint64_t letter = EXUVIA_MASK((b == 0xC3) | ((b - 0xE4 < 10) & (b != 0xEA)));
  uint64_t mark = EXUVIA_MASK(
      (b == 0xE2) & (second == 0x80) &
      ((third - 0x98 < 15) | ((third - 0x93 < 3) & (before <= 0x20))));
  uint64_t emoji = EXUVIA_MASK(
      (b == 0xF0) & (second == 0x9F) & (third - 0x84 >= 3) & (third != 0xAF));
  return EXUVIA_MASK(b >= 0xC0) & ~(letter | mark | emoji);
}

// Which of 64 bytes of a JSON string end a plain stretch of it (quotation marks, backslashes, control characters), and
// which belong to characters beyond ASCII.
typedef struct {
  uint64_t specials, beyond_ascii;
} exuvia_string_masks;

__attribute__((always_inline)) static inline exuvia_string_masks exuvia_classify_string(
    const uint8_t *bytes) {
  exuvia_block b;
  memcpy(&b, bytes, sizeof b);
  return (exuvia_string_masks){
      EXUVIA_MASK((b == '"') | (b == '\\') | (b < 0x20)), EXUVIA_MASK(b >= 0x80)};
}

static inline void exuvia_classify_base(
    const uint8_t *bytes, size_t blocks, uint64_t *masks) {
  exuvia_classify(bytes, blocks, masks);
}

#if defined(__x86_64__)
// The same, twice as fast where the processor can.
__attribute__((target("avx2"))) static inline void exuvia_classify_avx2(
    const uint8_t *bytes, size_t blocks, uint64_t *masks) {
  exuvia_classify(bytes, blocks, masks);
}

static inline int exuvia_has_avx2(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2");
}
#else
static inline void exuvia_classify_avx2(
    const uint8_t *bytes, size_t blocks, uint64_t *masks) {
  exuvia_classify(bytes, blocks, masks);
}

static inline int exuvia_has_avx2(void) { return 0; }
#endif
