/** Reads images from comma-separated text. Knows nothing of decoding. */
package dev.convoy.data.csv;
