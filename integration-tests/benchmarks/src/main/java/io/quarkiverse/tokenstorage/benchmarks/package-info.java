/**
 * What loading and saving a token costs, next to the bare cryptography and file operations that no implementation can do
 * without, and next to the {@code sops} program. {@link io.quarkiverse.tokenstorage.benchmarks.BenchmarkTable} runs all of it
 * and writes the table of the documentation.
 */
package io.quarkiverse.tokenstorage.benchmarks;
