/** The readiness check, for applications that have SmallRye Health; others do not load any of this. */
package io.quarkiverse.tokenstorage.runtime.health;
