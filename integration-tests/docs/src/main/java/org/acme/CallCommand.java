package org.acme;

// tag::all[]
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Callable;

import jakarta.inject.Inject;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "call", description = "Calls the API.")
public class CallCommand implements Callable<Integer> {

    @Parameters(defaultValue = "https://api.example", description = "The address to call.")
    URI address;

    @Inject
    Corporate corporate;

    @Override
    public Integer call() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + corporate.accessToken()).build();
        System.out.println(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
        return 0;
    }
}
// end::all[]
