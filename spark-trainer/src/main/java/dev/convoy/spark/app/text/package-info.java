/** What a terminal shows: text without control characters, aligned tables, lines of errors. */
package dev.convoy.spark.app.text;
