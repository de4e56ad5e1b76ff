package io.quarkiverse.tokenstorage.runtime;

import java.util.Map;

/**
 * The backends that were chosen when the application was built.
 *
 * @param common the one of all providers without one of their own
 * @param providers provider name to its backend
 */
public record BuiltChoices(Choice common, Map<String, Choice> providers) {

    /**
     * @param backend the name of the backend
     * @param ordinal the ordinal of the configuration source that named it
     */
    public record Choice(String backend, int ordinal) {
    }
}
