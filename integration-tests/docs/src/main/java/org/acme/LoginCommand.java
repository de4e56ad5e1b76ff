package org.acme;

// tag::all[]
import java.util.concurrent.Callable;

import jakarta.inject.Inject;

import picocli.CommandLine.Command;

@Command(name = "login", description = "Logs in to corporate.")
public class LoginCommand implements Callable<Integer> {

    @Inject
    Corporate corporate;

    @Override
    public Integer call() {
        corporate.logIn();
        System.err.println("Logged in to corporate");
        return 0;
    }
}
// end::all[]
