// Sorts the suffixes of a file with libdivsufsort, as often as asked, and prints the best and the median MB/s and a checksum of the result.
#include <divsufsort.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  FILE *file = fopen(argv[1], "rb");
  int rounds = atoi(argv[2]);
  if (!file || rounds < 1) return 2;
  fseek(file, 0, SEEK_END);
  long n = ftell(file);
  rewind(file);
  uint8_t *text = malloc(n);
  int32_t *suffixes = malloc(n * sizeof *suffixes);
  double *seconds = malloc(rounds * sizeof *seconds);
  if (!text || !suffixes || !seconds || fread(text, 1, n, file) != (size_t)n) return 1;
  for (int i = 0; i < rounds; i++) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    if (divsufsort(text, suffixes, n) != 0) return 1;
    clock_gettime(CLOCK_MONOTONIC, &end);
    seconds[i] = end.tv_sec - start.tv_sec + 1e-9 * (end.tv_nsec - start.tv_nsec);
  }
  uint64_t checksum = 0;
  for (long i = 0; i < n; i++) checksum = checksum * 31 + (uint32_t)suffixes[i];
  qsort(seconds, rounds, sizeof *seconds, ascending);
  printf("libdivsufsort %.2f %.2f MB/s checksum %016llx\n", 1e-6 * n / seconds[0], 1e-6 * n / seconds[rounds / 2], (unsigned long long)checksum);
  return 0;
}
