package io.quarkiverse.tokenstorage.sops.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An object: its members in document order, duplicate names included; unmodifiable. */
public record JsonObject(List<JsonMember> members) implements JsonValue {

    public JsonObject {
        members = List.copyOf(members);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The value of the first member with this name. */
    public Optional<JsonValue> get(String name) {
        for (JsonMember member : members) {
            if (member.name().equals(name)) {
                return Optional.of(member.value());
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "object of " + members.size();
    }

    /** Collects members in order. Not thread-safe. */
    public static final class Builder {

        private final List<JsonMember> members = new ArrayList<>();

        private Builder() {
        }

        public Builder add(String name, JsonValue value) {
            members.add(new JsonMember(name, value));
            return this;
        }

        public Builder add(String name, String value) {
            return add(name, new JsonString(value));
        }

        public JsonObject build() {
            return new JsonObject(members);
        }
    }
}
