/** What the doctor says of real keys. */
package io.quarkiverse.tokenstorage.interop.doctor;
