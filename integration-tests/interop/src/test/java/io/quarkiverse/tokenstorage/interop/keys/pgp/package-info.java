/** PGP, with the gpg of this machine in a home of its own. */
package io.quarkiverse.tokenstorage.interop.keys.pgp;
