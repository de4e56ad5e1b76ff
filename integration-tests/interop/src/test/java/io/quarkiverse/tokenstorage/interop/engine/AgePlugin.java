package io.quarkiverse.tokenstorage.interop.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.it.programs.ShellScript;

/**
 * An age plugin that only the age inside sops can talk to, by the plugin protocol (C2SP, {@code age-plugin.md}). Its wrapping
 * is a mask of fixed bytes: it stands for a token of hardware, and hides nothing.
 */
final class AgePlugin {

    static final String RECIPIENT = "age1tokentest1wp6kymrfvvs8qctjwssrz82wsy8";
    static final String IDENTITY = "AGE-PLUGIN-TOKENTEST-1WPEXJANPW3JJQURPWF6ZQVGSPL4LE";

    private static final String NAME = "age-plugin-tokentest";
    private static final int LINE = 64;

    private record Stanza(String type, List<String> arguments, byte[] body) {
    }

    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    private final PrintStream out = System.out;

    /** Makes the program in a directory that is to be in {@code PATH}. */
    static void install(Path directory) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ShellScript.write(directory.resolve(NAME), """
                exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp '%s' %s "$@"
                """.formatted(java, Path.of("target", "test-classes").toAbsolutePath(), AgePlugin.class.getName()));
    }

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        switch (arguments[0]) {
            case "--age-plugin=recipient-v1" -> new AgePlugin().wrap();
            case "--age-plugin=identity-v1" -> new AgePlugin().unwrap();
            default -> System.exit(1);
        }
    }

    private void wrap() throws IOException, GeneralSecurityException {
        byte[] fileKey = null;
        boolean known = false;
        for (Stanza stanza : phase()) {
            if (stanza.type().equals("add-recipient")) {
                known = stanza.arguments().equals(List.of(RECIPIENT));
            } else if (stanza.type().equals("wrap-file-key")) {
                fileKey = stanza.body();
            }
        }
        if (known) {
            send("recipient-stanza 0 tokentest", mask(fileKey));
        } else {
            send("error recipient 0", "no such token".getBytes(StandardCharsets.US_ASCII));
        }
        read();
        send("done", new byte[0]);
    }

    private void unwrap() throws IOException, GeneralSecurityException {
        boolean known = false;
        byte[] wrapped = null;
        for (Stanza stanza : phase()) {
            if (stanza.type().equals("add-identity")) {
                known = stanza.arguments().equals(List.of(IDENTITY));
            } else if (stanza.type().equals("recipient-stanza") && stanza.arguments().equals(List.of("0", "tokentest"))) {
                wrapped = stanza.body();
            }
        }
        if (known && wrapped != null) {
            send("file-key 0", mask(wrapped));
            read();
        }
        send("done", new byte[0]);
    }

    private static byte[] mask(byte[] fileKey) throws GeneralSecurityException {
        byte[] mask = MessageDigest.getInstance("SHA-256").digest(NAME.getBytes(StandardCharsets.US_ASCII));
        byte[] masked = fileKey.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= mask[i];
        }
        return masked;
    }

    /** What the other side sends until it is done. */
    private List<Stanza> phase() throws IOException {
        List<Stanza> stanzas = new ArrayList<>();
        for (Stanza stanza = read(); !stanza.type().equals("done"); stanza = read()) {
            stanzas.add(stanza);
        }
        return stanzas;
    }

    private Stanza read() throws IOException {
        String[] words = Optional.ofNullable(in.readLine()).orElseThrow(() -> new IOException("No more input")).split(" ");
        StringBuilder body = new StringBuilder();
        String line;
        do {
            line = in.readLine();
            body.append(line);
        } while (line.length() == LINE);
        return new Stanza(words[1], List.of(words).subList(2, words.length), Base64.getDecoder().decode(body.toString()));
    }

    private void send(String head, byte[] body) {
        out.print("-> " + head + "\n");
        // Bodies here are shorter than a line
        out.print(Base64.getEncoder().withoutPadding().encodeToString(body) + "\n");
        out.flush();
    }
}
