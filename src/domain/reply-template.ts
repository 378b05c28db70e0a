/** What stands in a reason for the clause that a comment is about. */
export const clausePlaceholder = '{条款}';

/** What is put in its place for a comment on the whole draft. */
export const wholeDraftWords = '征求意见稿';
