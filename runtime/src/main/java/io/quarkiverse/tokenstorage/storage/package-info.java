/**
 * The backends: a codec (plain JSON, or SOPS) over a store, and {@link io.quarkiverse.tokenstorage.storage.TokenStorages},
 * which makes them without any framework.
 *
 * <h2>What is logged</h2>
 *
 * The category of each line is the class that writes it, so {@code io.quarkiverse.tokenstorage} has them all, and
 * {@code io.quarkiverse.tokenstorage.store}, {@code .storage}, {@code .sops} and {@code .runtime.health} those of files and
 * locks, of backends, of keys and rules, and of the readiness check. What a caller is told by an exception is not logged too.
 * Lines name files, providers, rules and public keys, never what a token holds.
 * <table>
 * <caption>Lines by level</caption>
 * <tr>
 * <th>Level</th>
 * <th>Event</th>
 * </tr>
 * <tr>
 * <td>WARN</td>
 * <td>tokens are not encrypted (once); a rule leaves metadata in clear (once); a save changes the recipients;
 * others had access to a file or directory (once); what was written may not survive a crash; something could not be removed;
 * the application is not ready any more</td>
 * </tr>
 * <tr>
 * <td>INFO</td>
 * <td>keys were rotated or updated; a left-over of an interrupted save was removed; a token has moved to its
 * present file name; a lock was waited for longer than a second; the application is ready again</td>
 * </tr>
 * <tr>
 * <td>DEBUG</td>
 * <td>a backend was opened, and where; a directory was made; a file was written or removed; a data key was
 * unwrapped, and with which key; remembered data keys were forgotten because identities have changed</td>
 * </tr>
 * </table>
 *
 * <h2>What can be observed</h2>
 *
 * {@link io.quarkiverse.tokenstorage.storage.StorageObserver} is told of operations, by
 * {@link io.quarkiverse.tokenstorage.storage.ObservedTokenStorage}, and of waits for locks, by
 * {@link io.quarkiverse.tokenstorage.storage.StorageOptions#withLockObserver}.
 */
package io.quarkiverse.tokenstorage.storage;
