/*
 * Runs one command, or two in turn (A B A B ...), and times whole processes from fork to reap:
 *
 *   measure RUNS COMMAND [ARGUMENT...] [-- COMMAND [ARGUMENT...]]
 *
 * One line a command: median wall time in milliseconds, peak resident memory in KiB (the highest of all
 * runs), exit status, and the median over the rounds of its time divided by the first command's in the same
 * round. Rounds are compared within themselves because the clock speed of a shared machine drifts.
 * Nothing is measured in a first round. Input and output are /dev/null. Fails when a command cannot be
 * started, is killed, or does not end with the same status every time.
 */
#define _DEFAULT_SOURCE
#define _DARWIN_C_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { not_started = 127 };

struct command {
  char **arguments;
  double *milliseconds;
  double *ratios;
  long peak;
  int status;
};

static void fail(const char *what, const char *why) {
  fprintf(stderr, "measure: %s: %s\n", what, why);
  exit(2);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static double run(struct command *command, int first) {
  char *name = command->arguments[0];
  int status;
  struct rusage usage;

  double start = now();
  pid_t child = fork();
  if (child < 0) fail("fork", strerror(errno));
  if (child == 0) {
    int null = open("/dev/null", O_RDWR);
    if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0) _exit(not_started);
    if (null > 2) close(null);
    execvp(name, command->arguments);
    _exit(not_started);
  }
  while (wait4(child, &status, 0, &usage) < 0)
    if (errno != EINTR) fail("wait4", strerror(errno));
  double elapsed = now() - start;

  if (!WIFEXITED(status)) fail(name, "killed by a signal");
  if (WEXITSTATUS(status) == not_started) fail(name, "cannot be started");
  if (!first && WEXITSTATUS(status) != command->status) fail(name, "does not end with the same status every time");
  command->status = WEXITSTATUS(status);
  if (usage.ru_maxrss > command->peak) command->peak = usage.ru_maxrss;
  return elapsed;
}

static int ascending(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static double median(double *values, int count) {
  qsort(values, (size_t)count, sizeof *values, ascending);
  return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

int main(int argc, char **argv) {
  int runs = argc > 2 ? atoi(argv[1]) : 0;
  if (runs < 1) {
    fprintf(stderr, "usage: measure RUNS COMMAND [ARGUMENT...] [-- COMMAND [ARGUMENT...]]\n");
    return 2;
  }

  struct command commands[2] = {{.arguments = argv + 2}, {.arguments = NULL}};
  int count = 1;
  for (int i = 3; i < argc - 1; i++)
    if (strcmp(argv[i], "--") == 0) {
      argv[i] = NULL;
      commands[count++].arguments = argv + i + 1;
      break;
    }

  for (int c = 0; c < count; c++) {
    commands[c].milliseconds = malloc((size_t)runs * sizeof(double));
    commands[c].ratios = malloc((size_t)runs * sizeof(double));
    if (commands[c].milliseconds == NULL || commands[c].ratios == NULL) fail("malloc", strerror(errno));
    run(&commands[c], 1);
  }
  for (int round = 0; round < runs; round++)
    for (int c = 0; c < count; c++) {
      commands[c].milliseconds[round] = run(&commands[c], 0);
      commands[c].ratios[round] = commands[c].milliseconds[round] / commands[0].milliseconds[round];
    }

  for (int c = 0; c < count; c++) {
#ifdef __APPLE__
    long kibibytes = commands[c].peak / 1024; /* macOS counts bytes */
#else
    long kibibytes = commands[c].peak;
#endif
    printf("%.3f %ld %d %.3f\n", median(commands[c].milliseconds, runs), kibibytes, commands[c].status,
           median(commands[c].ratios, runs));
  }
  return 0;
}
