package io.quarkiverse.tokenstorage.devui;

import java.util.List;

/**
 * The stored tokens, or the answer that nothing has changed.
 *
 * @param revision of the list; the next question names it
 * @param now the time of this machine in milliseconds since 1970, for countdowns
 * @param entries by provider; null if they are those of the revision that was known
 * @param problem why not all could be found; null if they could
 * @param directories where tokens are looked for
 */
public record TokenList(long revision, long now, List<TokenEntry> entries, String problem, List<String> directories) {
}
