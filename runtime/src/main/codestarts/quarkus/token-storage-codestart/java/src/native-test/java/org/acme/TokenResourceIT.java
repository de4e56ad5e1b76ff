package org.acme;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class TokenResourceIT extends TokenResourceTest {
    // Execute the same tests but in packaged mode.
}
