package io.quarkiverse.tokenstorage.doctor;

import java.util.List;

/** One question about the installation. Changes nothing. */
interface Check {

    List<Finding> examine(Installation installation);
}
