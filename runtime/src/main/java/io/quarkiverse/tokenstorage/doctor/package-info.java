/**
 * Checks whether tokens can be stored and read here, and says what to do where they cannot. Printing is the caller's business.
 */
package io.quarkiverse.tokenstorage.doctor;
