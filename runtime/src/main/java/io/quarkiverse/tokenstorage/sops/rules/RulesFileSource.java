package io.quarkiverse.tokenstorage.sops.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;

import com.google.re2j.Pattern;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.CreationRuleSource;
import io.quarkiverse.tokenstorage.sops.KeyService;
import io.quarkiverse.tokenstorage.sops.RuleLookup;
import io.quarkiverse.tokenstorage.sops.selector.Re2Expression;
import io.quarkiverse.tokenstorage.sops.selector.Selector;

/**
 * The creation rules of {@code .sops.yaml}. The file is searched and read at each call, so that a change counts for the next
 * document. Keys in the variables of sops, such as {@code SOPS_AGE_RECIPIENTS}, replace those of the rule.
 */
public final class RulesFileSource implements CreationRuleSource {

    private static final Logger LOG = Logger.getLogger(RulesFileSource.class);

    private final HostEnvironment environment;
    private final Optional<Path> configured;
    private final MasterKeys masterKeys;
    private final RulesFileReader reader = new RulesFileReader();
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /**
     * @param environment variables, working directory and home, where the file is searched
     * @param configured the rules file to use instead of searching
     * @param services one for each kind of keys that rules may name
     */
    public RulesFileSource(HostEnvironment environment, Optional<Path> configured,
            Collection<? extends KeyService> services) {
        this.environment = environment;
        this.configured = configured;
        this.masterKeys = new MasterKeys(services);
    }

    @Override
    public CreationRule ruleFor(Path target) {
        RulesFileSearch search = search();
        return ruleFor(target, search).foundBy(new RuleLookup(search.file(), absolute(target),
                search.isChosenByWorkingDirectory(environment)));
    }

    private CreationRule ruleFor(Path target, RulesFileSearch search) {
        EnvironmentKeys variables = EnvironmentKeys.of(environment);
        RulesFile rules = read(search);
        if (rules.rules().isEmpty()) {
            if (variables.isEmpty()) {
                throw noRules(search);
            }
            return new CreationRule(variables.origin(), masterKeys.of(List.of(variables.keys()), variables.origin()), 0,
                    Optional.empty(), false, rules.jsonIndent());
        }
        Path file = search.file().orElseThrow();
        Rule rule = matching(rules.rules().get(), file, target);
        RuleMatch match = describe(rule, file, target, search);
        match.warnings().stream().filter(warned::add).forEach(LOG::warn);
        String where = match.origin() + " (line " + rule.line() + ")";
        Optional<Selector> selector = selector(rule, where);
        if (variables.isEmpty()) {
            return new CreationRule(match.origin(), masterKeys.of(rule.keyGroups(), where), rule.shamirThreshold(), selector,
                    rule.macOnlyEncrypted(), rules.jsonIndent());
        }
        return new CreationRule(match.origin() + " with the keys of " + variables.origin(),
                masterKeys.of(List.of(variables.keys()), variables.origin()), rule.shamirThreshold(), selector,
                rule.macOnlyEncrypted(), rules.jsonIndent());
    }

    /**
     * The rule that applies to a document, without a look at its keys and selectors.
     *
     * @param target the absolute path of the document
     * @throws StorageNotConfiguredException if there is no rules file, it is faulty, or no rule matches
     */
    public RuleMatch match(Path target) {
        RulesFileSearch search = search();
        List<Rule> rules = read(search).rules().orElseThrow(() -> noRules(search));
        Path file = search.file().orElseThrow();
        return describe(matching(rules, file, target), file, target, search);
    }

    /** Where the rules file is at this moment. */
    public RulesFileSearch search() {
        return RulesFileSearch.in(environment, configured);
    }

    /**
     * The indentation that the rules file wants for JSON, encrypted or plain: spaces of a level, 0 for line breaks only, -1
     * for a tab, also if there is no file.
     *
     * @throws StorageNotConfiguredException if the file is faulty
     */
    public int jsonIndent() {
        return read(search()).jsonIndent();
    }

    private RulesFile read(RulesFileSearch search) {
        return search.file().map(file -> reader.read(file, search.origin()))
                .orElseGet(() -> new RulesFile(Optional.empty(), RulesFile.TAB));
    }

    private Rule matching(List<Rule> rules, Path file, Path target) {
        String subject = subject(file, target);
        for (Rule rule : rules) {
            try {
                if (rule.pathRegex().isEmpty() || Re2Expression.compile(rule.pathRegex().get()).matcher(subject).find()) {
                    return rule;
                }
            } catch (IllegalArgumentException e) {
                throw new StorageNotConfiguredException(file + ", rule " + rule.number() + " (line " + rule.line()
                        + "): path_regex is not a valid RE2 pattern: " + e.getMessage());
            }
        }
        String why = rules.size() == 1 ? "its only rule has no path_regex that matches"
                : "none of its " + rules.size() + " rules has a path_regex that matches";
        throw new NoMatchingRuleException("SOPS: no matching creation rule in " + file + " for " + target + ": " + why + " '"
                + subject + "'. Add a rule such as path_regex: '" + fitting(file, target).replace("'", "''") + "'");
    }

    /** A pattern that would have matched. */
    private String fitting(Path file, Path target) {
        return target.toString().endsWith(".sops.json") ? RulesFileTemplate.pathRegex(absolute(target).getParent(), file)
                : "^" + Pattern.quote(subject(file, target)) + "$";
    }

    private RuleMatch describe(Rule rule, Path file, Path target, RulesFileSearch search) {
        String place = file + ", rule " + rule.number() + " (line " + rule.line() + "): ";
        List<String> warnings = new ArrayList<>();
        if (rule.filenameRegexOnly()) {
            warnings.add(place + "filename_regex is not known to sops any more, so this rule matches every file: rename it to"
                    + " path_regex");
        }
        search.ignored().forEach(other -> warnings.add(
                other + " is ignored, " + file + " is used: a rules file must be named " + RulesFileSearch.FILE_NAME));
        return new RuleMatch(file, rule.number(), rule.line(), rule.pathRegex(),
                subject(file, target), rule.keyGroups(), warnings);
    }

    private static Optional<Selector> selector(Rule rule, String where) {
        if (rule.selectors().size() > 1) {
            throw new StorageNotConfiguredException(where + ": "
                    + rule.selectors().stream().map(selector -> selector.kind().fieldName())
                            .collect(Collectors.joining(" and "))
                    + " exclude each other: keep one of them");
        }
        Optional<Selector> selector = rule.selectors().stream().findFirst();
        selector.ifPresent(given -> requireValid(given, where));
        return selector;
    }

    /** sops takes an invalid pattern for one that matches nothing, and then writes everything in clear. */
    private static void requireValid(Selector selector, String where) {
        String name = selector.kind().fieldName();
        if (name.endsWith("_regex")) {
            try {
                Re2Expression.compile(selector.pattern());
            } catch (IllegalArgumentException e) {
                throw new StorageNotConfiguredException(
                        where + ": " + name + " is not a valid RE2 pattern: " + e.getMessage());
            }
        }
    }

    /** Below the directory of the rules file relative to it, else absolute. */
    private String subject(Path file, Path target) {
        Path path = absolute(target);
        return RulesDirectory.of(file, path).relativized(path).orElseGet(path::toString);
    }

    private Path absolute(Path target) {
        return environment.logicalWorkingDirectory().resolve(target).normalize();
    }

    private StorageNotConfiguredException noRules(RulesFileSearch search) {
        StringBuilder message = new StringBuilder("SOPS not configured. Run 'secrets doctor' for setup, or 'secrets init' to"
                + " make a key and rules; for a service set auth.storage.sops.directory, auth.storage.sops.age.recipients and"
                + " auth.storage.sops.age.key-file: ");
        if (search.file().isPresent()) {
            message.append(search.file().get()).append(" has no creation_rules");
        } else {
            message.append("there is no ").append(RulesFileSearch.FILE_NAME).append(" in ")
                    .append(environment.workingDirectory()).append(", its parents, or the home directory");
        }
        search.ignored().forEach(file -> message.append("; ").append(file).append(" is ignored: rename it to ")
                .append(RulesFileSearch.FILE_NAME));
        return new StorageNotConfiguredException(message.toString());
    }
}
