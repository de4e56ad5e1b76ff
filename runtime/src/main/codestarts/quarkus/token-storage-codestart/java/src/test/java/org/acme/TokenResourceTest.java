package org.acme;

import static io.restassured.RestAssured.when;
import static org.hamcrest.CoreMatchers.containsString;
import static org.hamcrest.CoreMatchers.is;
import static org.hamcrest.CoreMatchers.not;
import static org.hamcrest.CoreMatchers.startsWith;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class TokenResourceTest {

    @Test
    void showsTheTokenButNoSecret() {
        when().get("/token").then()
                .statusCode(200)
                .body(startsWith("Bearer token, issued 20"))
                .body(not(containsString("access-")));
    }

    @Test
    void keepsTheToken() {
        String token = when().get("/token").then().statusCode(200).extract().asString();
        when().get("/token").then().statusCode(200).body(is(token));
    }

    @Test
    void forgetsTheToken() {
        when().get("/token").then().statusCode(200);
        when().delete("/token").then().statusCode(204);
        when().delete("/token").then().statusCode(404);
        when().get("/token").then().statusCode(200);
    }
}
