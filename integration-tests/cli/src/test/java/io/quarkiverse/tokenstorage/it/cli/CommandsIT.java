package io.quarkiverse.tokenstorage.it.cli;

import io.quarkus.test.junit.main.QuarkusMainIntegrationTest;

@QuarkusMainIntegrationTest
class CommandsIT extends CommandsTest {
}
