package io.quarkiverse.tokenstorage.sops.age;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.List;

import com.exceptionfactory.jagged.RecipientStanza;

import io.quarkiverse.tokenstorage.sops.text.StrictBase64;

/**
 * The header of an age file (C2SP age.md, "Header"). Read strictly: no two texts are the same header.
 *
 * @param stanzas at least one
 * @param authenticatedLength how many bytes, from the first of the file, its code is over
 * @param code the message authentication code, not checked yet
 * @param length where the payload starts
 */
record AgeHeader(List<RecipientStanza> stanzas, int authenticatedLength, byte[] code, int length) {

    private static final String VERSION = "age-encryption.org/v1";
    private static final String STANZA_START = "-> ";
    private static final String END_START = "---";
    private static final int COLUMNS = 64;
    /** A post-quantum stanza has a line of 1500 characters. */
    private static final int LONGEST_LINE = 16 * 1024;
    /** Each has to be kept; few are tried. */
    private static final int MOST_STANZAS = 256;

    /** @throws InvalidKeyException if it is malformed or cut off */
    static AgeHeader read(byte[] file) throws InvalidKeyException {
        Lines lines = new Lines(file);
        if (!lines.next().equals(VERSION)) {
            throw malformed();
        }
        List<RecipientStanza> stanzas = new ArrayList<>();
        String line = lines.next();
        while (line.startsWith(STANZA_START) && stanzas.size() < MOST_STANZAS) {
            stanzas.add(stanza(line, lines));
            line = lines.next();
        }
        if (stanzas.isEmpty() || !line.startsWith(END_START + ' ')) {
            throw malformed();
        }
        byte[] code = binary(line, END_START.length() + 1);
        if (code.length != Hkdf.LENGTH) {
            throw malformed();
        }
        return new AgeHeader(List.copyOf(stanzas), lines.start + END_START.length(), code, lines.position);
    }

    private static RecipientStanza stanza(String firstLine, Lines lines) throws InvalidKeyException {
        List<String> words = List.of(firstLine.substring(STANZA_START.length()).split(" ", -1));
        for (String word : words) {
            requireWord(word);
        }
        StringBuilder body = new StringBuilder();
        String line;
        do {
            line = lines.next();
            body.append(line);
        } while (line.length() == COLUMNS);
        if (line.length() > COLUMNS) {
            throw malformed();
        }
        return new Stanza(words.get(0), words.subList(1, words.size()), binary(body.toString(), 0));
    }

    private static void requireWord(String word) throws InvalidKeyException {
        boolean visible = !word.isEmpty();
        for (int i = 0; i < word.length(); i++) {
            visible &= word.charAt(i) > ' ' && word.charAt(i) < 0x7F;
        }
        if (!visible) {
            throw malformed();
        }
    }

    /** What unpadded Base64 stands for. */
    private static byte[] binary(String text, int from) throws InvalidKeyException {
        int length = StrictBase64.bareLength(from, text.length());
        byte[] bytes = new byte[Math.max(length, 0)];
        if (length < 0 || !StrictBase64.decodeBare(text, from, text.length(), bytes, 0)) {
            throw malformed();
        }
        return bytes;
    }

    private static InvalidKeyException malformed() {
        return new InvalidKeyException("The header is malformed");
    }

    /** What the code of a header with these stanzas is over. */
    static byte[] write(Iterable<RecipientStanza> stanzas) {
        StringBuilder text = new StringBuilder(VERSION).append('\n');
        for (RecipientStanza stanza : stanzas) {
            text.append(STANZA_START).append(stanza.getType());
            stanza.getArguments().forEach(argument -> text.append(' ').append(argument));
            text.append('\n');
            String body = WrappedFileKey.text(stanza.getBody());
            // The last line is one that is not full, if need be an empty one
            for (int at = 0; at <= body.length(); at += COLUMNS) {
                text.append(body, at, Math.min(at + COLUMNS, body.length())).append('\n');
            }
        }
        return text.append(END_START).toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** What follows that in the file. */
    static byte[] end(byte[] code) {
        return (' ' + WrappedFileKey.text(code) + '\n').getBytes(StandardCharsets.US_ASCII);
    }

    /** The lines of the header, one after the other, each ended by a line feed and nothing else. */
    private static final class Lines {

        private final byte[] file;
        /** Of the current line. */
        private int start;
        /** Of the next one. */
        private int position;

        private Lines(byte[] file) {
            this.file = file;
        }

        private String next() throws InvalidKeyException {
            start = position;
            int end = start;
            while (end < file.length && file[end] != '\n' && end - start < LONGEST_LINE) {
                end++;
            }
            if (end == file.length || file[end] != '\n') {
                throw malformed();
            }
            position = end + 1;
            return new String(file, start, end - start, StandardCharsets.ISO_8859_1);
        }
    }
}
