/* Preloaded, makes the matrix library inside PyTorch use its AVX2 kernels on every processor that has AVX2. */
int mkl_serv_intel_cpu_true(void) { return 1; }
