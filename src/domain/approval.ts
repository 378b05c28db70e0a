/** What can happen on the way to a consultation's approval. */
export type ApprovalStep = 'asked' | 'approved' | 'returned';
