/**
 * Real programs and servers for the tests of several modules: found, or the test is skipped and says so; run in an environment
 * of their own; ended with the test. Nothing here knows the library.
 */
package io.quarkiverse.tokenstorage.it.programs;
