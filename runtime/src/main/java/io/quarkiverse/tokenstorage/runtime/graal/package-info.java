/** Read by the builder of native images only. */
package io.quarkiverse.tokenstorage.runtime.graal;
