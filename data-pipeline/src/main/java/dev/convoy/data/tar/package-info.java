/**
 * Reads the headers of tar archives: v7, POSIX ustar and pax, GNU and star, as GNU tar, bsdtar,
 * Python, 7-Zip and their kin write them. Content is never read, only where it lies is told. Knows
 * nothing of images.
 */
package dev.convoy.data.tar;
