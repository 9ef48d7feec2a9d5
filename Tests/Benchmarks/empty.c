/* The least a process can cost; what a small lint is compared with. */
int main(void) { return 0; }
