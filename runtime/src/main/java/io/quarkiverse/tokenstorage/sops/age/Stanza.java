package io.quarkiverse.tokenstorage.sops.age;

import java.util.List;

import com.exceptionfactory.jagged.RecipientStanza;

/** A stanza as it stands in a header: its type, its arguments, and the bytes of its body. */
record Stanza(String type, List<String> arguments, byte[] body) implements RecipientStanza {

    Stanza {
        arguments = List.copyOf(arguments);
    }

    @Override
    public String getType() {
        return type;
    }

    @Override
    public List<String> getArguments() {
        return arguments;
    }

    @Override
    public byte[] getBody() {
        return body.clone();
    }
}
