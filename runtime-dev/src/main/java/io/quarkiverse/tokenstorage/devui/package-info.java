/**
 * What the Dev UI shows of stored tokens, and what can be done there. Nothing here hands out a token but
 * {@link io.quarkiverse.tokenstorage.devui.TokenAccess#reveal}.
 */
package io.quarkiverse.tokenstorage.devui;
