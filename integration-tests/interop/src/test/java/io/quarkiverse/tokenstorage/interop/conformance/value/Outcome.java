package io.quarkiverse.tokenstorage.interop.conformance.value;

/** What becomes of a value on its way from one program to the other. */
public enum Outcome {

    SAME("✓", "Both programs read the value that was written, and agree on the message authentication code."),
    CHANGED_BY_WRITER("a", "The number is one that the writer cannot represent: it writes the nearest double"
            + " (or 0 for -0), which both read alike."),
    CHANGED_BY_READER("b", "Written by this library in clear with `mac_only_encrypted`: this sops reads the nearest double."),
    REFUSED_BY_SOPS("c", "Written by this library in clear: this sops computes the code from another number than it was"
            + " computed from, and refuses the file."),
    REFUSED_BY_BOTH("d", "Written by this sops in clear: it refuses its own file, and so does this library."),
    REFUSED_BY_US("e", "Written by this sops in clear: it reads its own file, but sops 3.13.2 and this library refuse it."),
    READ_OTHERWISE("f", "Written by this sops in clear with `mac_only_encrypted`: it reads -0, this library reads 0, as"
            + " sops 3.13.2 does.");

    private final String mark;
    private final String explanation;

    Outcome(String mark, String explanation) {
        this.mark = mark;
        this.explanation = explanation;
    }

    /** What a cell of the table shows. */
    public String mark() {
        return mark;
    }

    public String explanation() {
        return explanation;
    }

    /** Whether a document with several values can have one of these and still be read alike by both. */
    public boolean isReadAlike() {
        return this == SAME || this == CHANGED_BY_WRITER || this == CHANGED_BY_READER;
    }
}
