/**
 * Where documents rest: a directory, with the names, permissions, atomic replacement and locks that make it safe to keep
 * credentials there. It neither knows what a document says nor how it is encrypted.
 */
package io.quarkiverse.tokenstorage.store;
