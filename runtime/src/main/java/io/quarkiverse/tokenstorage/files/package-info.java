/**
 * Small files, read and written with care: without waiting on pipes, whole or not at all, durable, also under a thread
 * interrupt. And why that failed, in words for people. Knows neither what the files hold nor whose they are.
 */
package io.quarkiverse.tokenstorage.files;
