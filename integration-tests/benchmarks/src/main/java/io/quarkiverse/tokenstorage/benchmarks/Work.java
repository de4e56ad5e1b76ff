package io.quarkiverse.tokenstorage.benchmarks;

import java.io.IOException;

/** Something to be done many times and measured as a whole. */
interface Work {

    void run() throws IOException;
}
