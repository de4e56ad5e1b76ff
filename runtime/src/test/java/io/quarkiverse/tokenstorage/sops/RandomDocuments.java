package io.quarkiverse.tokenstorage.sops;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonBoolean;
import io.quarkiverse.tokenstorage.sops.json.JsonFloat;
import io.quarkiverse.tokenstorage.sops.json.JsonInteger;
import io.quarkiverse.tokenstorage.sops.json.JsonMember;
import io.quarkiverse.tokenstorage.sops.json.JsonNull;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;

/** Documents of every shape from a seed. */
final class RandomDocuments {

    private static final String[] FRAGMENTS = { "a", "B", "token", ":", "_unencrypted", "_enc", "sops", " ", "\"", "\\", "/",
            "<b>&",
            "\n", "\t", "\u0000", "\u001f", "\u007f", "é", "\u2028", "\ufffd", "\ufeff", "😀", "ENC[AES256_GCM,data:",
            "]", "0" };

    private final Random random;

    RandomDocuments(long seed) {
        this.random = new Random(seed);
    }

    JsonObject next() {
        JsonObject document = object(random.nextInt(5));
        List<JsonMember> members = new ArrayList<>(document.members());
        members.removeIf(member -> member.name().equals("sops"));
        return new JsonObject(members);
    }

    private JsonValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> JsonNull.NULL;
            case 1 -> new JsonBoolean(random.nextBoolean());
            case 2 -> new JsonInteger(random.nextBoolean() ? random.nextInt(2000) - 1000 : random.nextLong());
            case 3 -> new JsonFloat(number());
            case 4, 5, 6 -> new JsonString(text());
            case 7 -> object(depth - 1);
            default -> array(depth - 1);
        };
    }

    private double number() {
        double value = random.nextBoolean() ? Double.longBitsToDouble(random.nextLong()) : random.nextInt(100_000) / 100.0;
        // A whole number would be read back as an integer
        return Double.isFinite(value) && value != Math.rint(value) ? value : 0.1;
    }

    private JsonObject object(int depth) {
        List<JsonMember> members = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            members.add(new JsonMember(text(), value(depth)));
        }
        return new JsonObject(members);
    }

    private JsonArray array(int depth) {
        List<JsonValue> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            elements.add(value(depth));
        }
        return new JsonArray(elements);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
        }
        return text.toString();
    }
}
