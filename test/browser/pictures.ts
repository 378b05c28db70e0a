/** Whether a run keeps pictures of what it sees. Nobody looks at those of the pipeline, and they take a seventh of its time. */
export const picturesAreKept = process.env['PICTURES'] !== 'off';
