package io.quarkiverse.tokenstorage.interop.conformance.form;

import java.nio.charset.StandardCharsets;

import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;

/** What sops makes JSON documents of that was not JSON. */
public enum ForeignForm {

    YAML("YAML", "yaml", "0.0.0", "# comment\na: text\nb: 9007199254740993\nc: [true, 1.5, null, {d: '', e: 1e21}]\n# end\n"),
    YAML_TIME("YAML with a time", "yaml", "3.10.0", "a: 2001-12-14T21:59:43.10-05:00\nb: 2026-01-03\n"),
    DOTENV("dotenv", "dotenv", "0.0.0", "# comment\nA=1\nB=two words\\nand more\n"),
    INI("INI", "ini", "0.0.0", "a = 1\n; comment\n[section]\nb = two words\n"),
    BINARY("binary", "binary", "0.0.0", "any <text>\nof \u0001 any \u00e9 form");

    private final String title;
    private final String type;
    private final String since;
    private final String content;

    ForeignForm(String title, String type, String since, String content) {
        this.title = title;
        this.type = type;
        this.since = since;
        this.content = content;
    }

    public String title() {
        return title;
    }

    /** The first release that can make JSON of it. */
    public String since() {
        return since;
    }

    /** The JSON document that sops makes of it. */
    public byte[] encryptedBySops(Sandbox box) {
        Sandbox.write(box.work().resolve("source"), content.getBytes(StandardCharsets.UTF_8));
        return box.sops("encrypt", "--input-type", type, "--output-type", "json", "source").output();
    }
}
