package org.acme;

// tag::all[]
import java.util.concurrent.Callable;

import jakarta.inject.Inject;

import picocli.CommandLine.Command;

@Command(name = "call", description = "Calls the API.")
public class CallCommand implements Callable<Integer> {

    @Inject
    Corporate corporate;

    @Override
    public Integer call() {
        System.out.println("Authorization: Bearer of " + corporate.accessToken().length() + " characters");
        return 0;
    }
}
// end::all[]
