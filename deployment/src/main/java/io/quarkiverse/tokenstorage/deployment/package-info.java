/** What happens when an application with this extension is built. */
package io.quarkiverse.tokenstorage.deployment;
