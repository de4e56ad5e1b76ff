/** One kind of master keys after the other, and several together in groups. */
package io.quarkiverse.tokenstorage.interop.keys;
