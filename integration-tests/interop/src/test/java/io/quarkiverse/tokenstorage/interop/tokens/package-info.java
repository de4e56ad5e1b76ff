/** The files of the token storage: what sops does with them, how their keys are changed, and where no secret may be. */
package io.quarkiverse.tokenstorage.interop.tokens;
