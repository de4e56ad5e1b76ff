package io.quarkiverse.tokenstorage.it.service;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.tokenstorage.InvalidProviderNameException;
import io.quarkiverse.tokenstorage.LockTimeoutException;
import io.quarkiverse.tokenstorage.TokenStorageException;

/** Tells callers of a failure in one line; messages of the storage hold no secret. */
public class StorageFailures {

    @ServerExceptionMapper
    public Response invalidName(InvalidProviderNameException failure) {
        return answer(Status.BAD_REQUEST, failure);
    }

    @ServerExceptionMapper
    public Response locked(LockTimeoutException failure) {
        return answer(Status.SERVICE_UNAVAILABLE, failure);
    }

    @ServerExceptionMapper
    public Response other(TokenStorageException failure) {
        return answer(Status.INTERNAL_SERVER_ERROR, failure);
    }

    private static Response answer(Status status, TokenStorageException failure) {
        return Response.status(status).type(MediaType.TEXT_PLAIN)
                .entity(failure.getClass().getSimpleName() + ": " + failure.getMessage()).build();
    }
}
