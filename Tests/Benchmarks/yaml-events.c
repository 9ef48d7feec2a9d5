/*
 * libyaml's own event parse of a file and nothing more: the floor for every program that reads YAML with
 * libyaml. Prints how many events there were.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

static unsigned char *contents(const char *path, size_t *size) {
  struct stat status;
  int file = open(path, O_RDONLY);
  if (file < 0 || fstat(file, &status) != 0) {
    perror(path);
    exit(2);
  }
  size_t capacity = (size_t)status.st_size;
  unsigned char *bytes = malloc(capacity ? capacity : 1);
  if (bytes == NULL) {
    perror("malloc");
    exit(2);
  }
  *size = 0;
  while (*size < capacity) {
    ssize_t count = read(file, bytes + *size, capacity - *size);
    if (count < 0) {
      perror(path);
      exit(2);
    }
    if (count == 0) break;
    *size += (size_t)count;
  }
  close(file);
  return bytes;
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: yaml-events FILE\n");
    return 2;
  }
  size_t size;
  unsigned char *bytes = contents(argv[1], &size);

  yaml_parser_t parser;
  if (!yaml_parser_initialize(&parser)) {
    fprintf(stderr, "yaml-events: out of memory\n");
    return 2;
  }
  yaml_parser_set_input_string(&parser, bytes, size);

  unsigned long events = 0;
  for (int more = 1; more; events++) {
    yaml_event_t event;
    if (!yaml_parser_parse(&parser, &event)) {
      fprintf(stderr, "%s:%lu: %s\n", argv[1], (unsigned long)parser.problem_mark.line + 1, parser.problem);
      return 1;
    }
    more = event.type != YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  free(bytes);
  printf("%lu\n", events);
  return 0;
}
