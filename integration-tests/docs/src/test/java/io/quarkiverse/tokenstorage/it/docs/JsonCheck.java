package io.quarkiverse.tokenstorage.it.docs;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import io.quarkiverse.tokenstorage.sops.json.JsonReader;

final class JsonCheck implements Consumer<Snippet> {

    @Override
    public void accept(Snippet snippet) {
        JsonReader.read(snippet.text().getBytes(StandardCharsets.UTF_8), snippet.toString());
    }
}
