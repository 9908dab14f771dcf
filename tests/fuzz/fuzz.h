// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a fuzz target (fuzz-NAME.c) defines. It is linked with libFuzzer (--enable-fuzzing, clang)
// and seeds.c, or with replay.c, which `make check` runs. An input that once broke something
// becomes a row of fuzz_texts.
#ifndef HARK_TESTS_FUZZ_H
#define HARK_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

// Gives the SIZE bytes at DATA to what is tested. Returns 0.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// Inputs to begin with, and folders below $SHARED/corpus that hold more; each ends with NULL.
extern const char *const fuzz_texts[];
extern const char *const fuzz_folders[];

#endif
