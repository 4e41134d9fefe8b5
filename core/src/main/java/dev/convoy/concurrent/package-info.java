/** The worker threads of an executor. Touches nothing else. */
package dev.convoy.concurrent;
