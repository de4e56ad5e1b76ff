package io.quarkiverse.tokenstorage.devui;

import java.util.List;

/**
 * What a JSON Web Token says about itself. Nobody has verified it: neither its signature nor its time was looked at.
 *
 * @param header the JOSE header, in its order
 * @param claims its claims, in their order; empty if they are encrypted
 * @param note what else there is to know, such as that it is encrypted, or bears no signature
 */
public record Jwt(List<Claim> header, List<Claim> claims, String note) {
}
