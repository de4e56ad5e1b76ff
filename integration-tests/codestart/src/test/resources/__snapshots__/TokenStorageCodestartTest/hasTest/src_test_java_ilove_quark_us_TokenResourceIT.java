package ilove.quark.us;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class TokenResourceIT extends TokenResourceTest {
    // Execute the same tests but in packaged mode.
}
