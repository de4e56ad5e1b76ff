/** Documents as such, under one age key: values, selectors, creation rules, changes and damage. */
package io.quarkiverse.tokenstorage.interop.format;
