/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.example;

/**
 * A passage beside a query.
 *
 * @param documentId the id in its collection
 * @param passage the text as the student reads it
 */
public record Candidate(String documentId, String passage) {}
