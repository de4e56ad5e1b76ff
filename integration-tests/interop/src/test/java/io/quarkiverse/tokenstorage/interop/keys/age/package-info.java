/** age: kinds of recipients, the places of identities, and passphrases. */
package io.quarkiverse.tokenstorage.interop.keys.age;
