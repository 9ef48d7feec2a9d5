#ifndef VPNLINT_CLIBFUZZER_FUZZER_H
#define VPNLINT_CLIBFUZZER_FUZZER_H
#include <stddef.h>
#include <stdint.h>

// The entry of libFuzzer for programs that have a main function of their own, as SwiftPM's have.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*body)(const uint8_t *bytes, size_t count));

#endif
