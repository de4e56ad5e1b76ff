/** Text as files and messages hold it: printable, Base64, moments. Knows nothing of SOPS. */
package io.quarkiverse.tokenstorage.sops.text;
