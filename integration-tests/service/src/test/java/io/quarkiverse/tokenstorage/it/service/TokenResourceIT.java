package io.quarkiverse.tokenstorage.it.service;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged application, which gets the throw-away key of the tests from outside. */
@QuarkusIntegrationTest
class TokenResourceIT extends TokenResourceTest {
}
