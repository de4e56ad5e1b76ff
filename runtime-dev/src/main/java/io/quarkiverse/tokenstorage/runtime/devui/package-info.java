/** What the Dev UI asks of an application in development mode. */
package io.quarkiverse.tokenstorage.runtime.devui;
