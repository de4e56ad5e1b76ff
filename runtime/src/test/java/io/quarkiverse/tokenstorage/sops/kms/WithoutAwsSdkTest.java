package io.quarkiverse.tokenstorage.sops.kms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;

/** The class path of an application without the AWS SDK, or with a part of it only. */
class WithoutAwsSdkTest {

    @Test
    void withoutTheSdkTheDependencyIsNamed() throws Exception {
        assertThat(saveWithout("awssdk")).startsWith("StorageNotConfiguredException: The AWS KMS key " + FakeKms.ARN)
                .contains("software.amazon.awssdk:kms");
    }

    @Test
    void withoutAPartOfTheSdkThatIsNamed() throws Exception {
        assertThat(saveWithout("aws-json-protocol")).startsWith("StorageNotConfiguredException: The AWS KMS key "
                + FakeKms.ARN + ": the parts of the AWS SDK do not fit together (missing software.amazon.awssdk.");
    }

    @Test
    void withoutAnHttpClientItIsNamed() throws Exception {
        assertThat(saveWithout("url-connection-client")).startsWith("StorageNotConfiguredException: AWS KMS key " + FakeKms.ARN)
                .contains("no HTTP client", "software.amazon.awssdk:url-connection-client");
    }

    private static String saveWithout(String jars) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains(jars)) {
                urls.add(url(entry));
            }
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            Callable<?> save = (Callable<?>) loader.loadClass(SaveWithKms.class.getName()).getConstructor().newInstance();
            return (String) save.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL url(String entry) throws MalformedURLException {
        return Path.of(entry).toUri().toURL();
    }
}
