package io.quarkiverse.tokenstorage.sops;

import java.nio.file.Path;

/** Answers which rule a document is to be encrypted with. Thread-safe. */
public interface CreationRuleSource {

    /**
     * @param target the absolute path of the document that will be written
     * @throws io.quarkiverse.tokenstorage.StorageNotConfiguredException if no rule matches or the matching one is faulty;
     *         names the file searched, the place and the fix
     */
    CreationRule ruleFor(Path target);
}
