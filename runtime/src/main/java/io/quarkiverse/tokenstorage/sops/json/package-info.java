/**
 * JSON documents as SOPS sees them: order, duplicate member names and the kind of every number are kept, because the
 * message authentication code and the bytes of the output depend on them ({@code stores/json/store.go} in sops).
 */
package io.quarkiverse.tokenstorage.sops.json;
