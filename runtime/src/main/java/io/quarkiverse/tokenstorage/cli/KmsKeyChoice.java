package io.quarkiverse.tokenstorage.cli;

import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KmsKey;
import io.quarkiverse.tokenstorage.sops.rules.KeyDescription;
import io.quarkiverse.tokenstorage.sops.rules.RuleKeys;

/** The AWS KMS key of {@code secrets init}: the one that is named. Whether it can be used is not asked here. */
final class KmsKeyChoice {

    /** Stricter than sops, which takes the name of anything for a key and fails when it is used. */
    private static final Pattern ARN = Pattern
            .compile("arn:aws[\\w-]*:kms:[a-z0-9-]{1,63}:\\d{12}:(key|alias)/[A-Za-z0-9/_-]{1,256}");
    private static final Pattern ROLE = Pattern.compile("arn:aws[\\w-]*:iam::\\d{12}:role/[\\w+=,.@/-]{1,512}");
    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cntrl}]{1,1024}");

    private final String arn;
    private final String role;
    private final String profile;
    private final List<String> context;

    /**
     * What the options say, null where there is none.
     *
     * @param context {@code NAME=VALUE} each
     */
    KmsKeyChoice(String arn, String role, String profile, List<String> context) {
        this.arn = arn;
        this.role = role;
        this.profile = profile;
        this.context = context;
    }

    RuleKey choose(Terminal terminal) {
        if (arn == null) {
            throw new CommandFailure(ExitCode.ERROR, "--backend kms needs the key: --arn arn:aws:kms:REGION:ACCOUNT:key/ID, or"
                    + " …:alias/NAME");
        }
        require(ARN, arn, "--arn", "arn:aws:kms:REGION:ACCOUNT:key/ID or arn:aws:kms:REGION:ACCOUNT:alias/NAME");
        if (role != null) {
            require(ROLE, role, "--role", "arn:aws:iam::ACCOUNT:role/NAME");
        }
        if (profile != null) {
            require(PRINTABLE, profile, "--aws-profile", "NAME, as in ~/.aws/config");
        }
        KmsKey key = new KmsKey(arn, text(role), text(profile), pairs());
        terminal.result(Mark.SUCCESS, "AWS KMS key: " + key.identity());
        return new RuleKey(key.identity(), RuleKeys.kms(key), description -> isThis(key, description));
    }

    private TreeMap<String, String> pairs() {
        TreeMap<String, String> pairs = new TreeMap<>();
        for (String pair : context) {
            int separator = pair.indexOf('=');
            String name = separator < 0 ? "" : pair.substring(0, separator);
            if (name.isEmpty() || !PRINTABLE.matcher(pair).matches()) {
                throw refused("--context", pair, "NAME=VALUE");
            }
            if (pairs.put(name, pair.substring(separator + 1)) != null) {
                throw new CommandFailure(ExitCode.ERROR, "--context names '" + name + "' twice: give each name once");
            }
        }
        return pairs;
    }

    private static void require(Pattern form, String text, String option, String example) {
        if (!form.matcher(text).matches()) {
            throw refused(option, text, example);
        }
    }

    private static CommandFailure refused(String option, String text, String example) {
        return new CommandFailure(ExitCode.ERROR, option + ": '" + text + "' is not of the form " + example);
    }

    private static boolean isThis(KmsKey key, KeyDescription description) {
        try {
            return description.kind() == KeyKind.KMS
                    && KmsKey.of(description.fields(), "the rule").identity().equals(key.identity());
        } catch (DamagedDocumentException e) {
            return false;
        }
    }

    private static String text(String optional) {
        return optional == null ? "" : optional;
    }
}
