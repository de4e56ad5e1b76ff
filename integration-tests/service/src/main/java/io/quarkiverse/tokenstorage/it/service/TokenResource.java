package io.quarkiverse.tokenstorage.it.service;

import java.time.Clock;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

import org.jboss.resteasy.reactive.RestPath;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.TokenImport;
import io.smallrye.common.annotation.NonBlocking;

/** Keeps the tokens with which this service calls others. Shows what can be told of them, never a token. */
@Path("/tokens")
@Produces(MediaType.TEXT_PLAIN)
public class TokenResource {

    @Inject
    TokenStorage storage;

    @GET
    public String providers() {
        return String.join(" ", storage.providers());
    }

    /** Takes a token response (RFC 6749 section 5.1). */
    @PUT
    @Path("/{provider}")
    @Consumes(MediaType.APPLICATION_JSON)
    public String save(@RestPath String provider, byte[] response) {
        AuthToken token = read(response);
        storage.save(provider, token);
        return status(token);
    }

    @GET
    @Path("/{provider}")
    public String show(@RestPath String provider) {
        return storage.load(provider).map(TokenResource::status).orElseThrow(NotFoundException::new);
    }

    /** Does what a refresh does, without a provider: of all who call this at once, each sees the token of the one before. */
    @POST
    @Path("/{provider}/refresh")
    public String refresh(@RestPath String provider) {
        return storage.update(provider, current -> current.map(token -> AuthToken.builder(token.accessToken() + "+")
                .refreshToken(token.refreshToken().map(spent -> spent + "+").orElse(null)).scope(token.scope()).build()))
                .map(TokenResource::status).orElseThrow(NotFoundException::new);
    }

    @DELETE
    @Path("/{provider}")
    public boolean delete(@RestPath String provider) {
        return storage.delete(provider);
    }

    /** Called on the event loop, where the storage must not be used. */
    @GET
    @Path("/{provider}/on-event-loop")
    @NonBlocking
    public Optional<String> onEventLoop(@RestPath String provider) {
        return storage.load(provider).map(TokenResource::status);
    }

    private static AuthToken read(byte[] response) {
        try {
            return new TokenImport(Clock.systemUTC()).read(response, "The request");
        } catch (DamagedDocumentException e) {
            throw new BadRequestException(Response.status(Status.BAD_REQUEST).entity(e.getMessage()).build());
        }
    }

    private static String status(AuthToken token) {
        return token + " " + Fingerprint.of(token.accessToken());
    }
}
