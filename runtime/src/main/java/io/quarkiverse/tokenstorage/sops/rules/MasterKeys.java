package io.quarkiverse.tokenstorage.sops.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KeyNotBuiltInException;
import io.quarkiverse.tokenstorage.sops.KeyService;
import io.quarkiverse.tokenstorage.sops.MasterKey;

/** Turns the keys that a rule names into master keys, with the key services that there are. */
final class MasterKeys {

    private final Map<KeyKind, KeyService> services = new EnumMap<>(KeyKind.class);

    MasterKeys(Collection<? extends KeyService> services) {
        services.forEach(service -> this.services.put(service.kind(), service));
    }

    /**
     * @param where file and rule, for messages
     * @return as many groups as were given, none empty
     * @throws StorageNotConfiguredException if a key is malformed or of a kind without a service, or a group is empty
     */
    List<List<MasterKey>> of(List<List<KeyDescription>> groups, String where) {
        requireServices(groups, where);
        List<List<MasterKey>> result = new ArrayList<>();
        for (List<KeyDescription> group : groups) {
            if (group.isEmpty()) {
                throw new StorageNotConfiguredException(where
                        + (groups.size() > 1 ? ": key group " + (result.size() + 1) : "")
                        + " names no keys: add an age recipient (age: age1…)");
            }
            result.add(group.stream().map(key -> services.get(key.kind()).masterKey(key.fields(), where)).toList());
        }
        return result;
    }

    private void requireServices(List<List<KeyDescription>> groups, String where) {
        TreeSet<KeyKind> missing = groups.stream().flatMap(List::stream).map(KeyDescription::kind)
                .filter(kind -> !services.containsKey(kind)).collect(Collectors.toCollection(TreeSet::new));
        if (!missing.isEmpty()) {
            throw new KeyNotBuiltInException(where + ": keys of kind "
                    + missing.stream().map(KeyKind::metadataName).collect(Collectors.joining(", "))
                    + " are not built in ("
                    + services.keySet().stream().map(KeyKind::metadataName).collect(Collectors.joining(", "))
                    + " are): " + KeyKind.ENGINE_FOR_THE_REST);
        }
    }
}
