/**
 * SOPS documents, read and written inside this process: values, message authentication code, selectors, data keys, creation
 * rules. It knows nothing of tokens. The format is that of sops 3.13; where a rule needs a source, the comment names the
 * file of the sops repository.
 */
package io.quarkiverse.tokenstorage.sops;
