/**
 * Counter-based random numbers: each draw is a pure function of (seed, stream, counter). Nothing
 * here has state, and nothing else in Convoy makes random numbers. Touches nothing else.
 */
package dev.convoy.random;
