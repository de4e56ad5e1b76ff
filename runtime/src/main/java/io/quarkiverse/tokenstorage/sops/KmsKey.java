package io.quarkiverse.tokenstorage.sops;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.quarkiverse.tokenstorage.sops.json.JsonObject;

/**
 * A key of AWS KMS as a creation rule or a key entry names it, together with how it is reached: SOPS takes the same ARN with
 * another role, context or profile for another key ({@code kms/keysource.go}). Immutable.
 *
 * @param arn of the key or an alias of it
 * @param role the ARN of the role to assume before the call; empty if none
 * @param profile of the shared AWS configuration; empty if none
 * @param context the encryption context, sorted by name as Go sorts; may be empty
 */
public record KmsKey(String arn, String role, String profile, SortedMap<String, String> context) {

    /** The order of the bytes in UTF-8, which for characters beyond U+FFFF is not the order of {@link String}. */
    public static final Comparator<String> NAME_ORDER = Comparator
            .comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    /**
     * As sops has it, but for the region: it becomes part of a host name, so it is a label of one, and a file must not be able
     * to name any other host.
     */
    private static final Pattern ARN = Pattern
            .compile(
                    "arn:aws[\\w-]*:kms:(?<region>(?=[^:]{1,63}:)[A-Za-z0-9]++(?:-[A-Za-z0-9]++)*+):[0-9]+:(key|alias)/[^\\n]+");

    public KmsKey {
        SortedMap<String, String> sorted = new TreeMap<>(NAME_ORDER);
        sorted.putAll(context);
        context = Collections.unmodifiableSortedMap(sorted);
    }

    /**
     * @param fields named as in an entry of a document; others are ignored
     * @param where names them in messages
     * @throws io.quarkiverse.tokenstorage.DamagedDocumentException if one is not of the type it must have
     */
    public static KmsKey of(JsonObject fields, String where) {
        return of(new WeaklyTypedObject(fields, where));
    }

    static KmsKey of(WeaklyTypedObject fields) {
        return new KmsKey(fields.text("arn"), fields.text("role"), fields.text("aws_profile"),
                new TreeMap<>(fields.texts("context")));
    }

    /** The region that the ARN names; empty if it is no ARN of a key in KMS. */
    public Optional<String> region() {
        Matcher matcher = ARN.matcher(arn);
        return matcher.matches() ? Optional.of(matcher.group("region")) : Optional.empty();
    }

    /** The text by which sops tells keys apart ({@code ToString}). */
    public String identity() {
        String identity = role.isEmpty() ? arn : arn + "+" + role;
        if (!profile.isEmpty()) {
            return identity + "|" + contextText() + "|" + profile;
        }
        return context.isEmpty() ? identity : identity + "|" + contextText();
    }

    private String contextText() {
        return context.entrySet().stream().map(KmsKey::text).collect(Collectors.joining(","));
    }

    private static String text(Map.Entry<String, String> pair) {
        return pair.getKey() + ":" + pair.getValue();
    }
}
