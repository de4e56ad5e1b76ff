package io.quarkiverse.tokenstorage.runtime.graal;

/** Looks for classes of optional dependencies while a native image is built. */
final class PresentClass {

    private PresentClass() {
    }

    static boolean isMissing(String name) {
        try {
            Class.forName(name, false, Thread.currentThread().getContextClassLoader());
            return false;
        } catch (ClassNotFoundException e) {
            return true;
        }
    }
}
