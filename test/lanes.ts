/** Test files that run in one process: those whose path begins with `from`, unless an earlier lane took them. */
interface Lane {
  readonly name: string;
  readonly from: string;
  /** Takes only files that run alike whatever DATABASE_URL says. */
  readonly alike?: true;
  /** Into how many processes they are dealt out. */
  readonly processes: number;
}

// In the order they start in. A file named here has a process to itself.
const lanes: readonly Lane[] = [
  // It waits for the disk more than for the processor.
  { name: 'crash', from: 'test/db/crash.test.ts', processes: 1 },
  // It changes node:fs to count what is asked of the disk.
  { name: 'embedded', from: 'test/db/embedded.test.ts', processes: 1 },
  // It kills every thread that its process starts.
  { name: 'off-thread', from: 'test/intake/off-thread.test.ts', processes: 1 },
  { name: 'alike', from: 'test/', alike: true, processes: 1 },
  { name: 'web', from: 'test/web/', processes: 2 },
  { name: 'migrate', from: 'test/db/migrate.test.ts', processes: 1 },
  { name: 'rest', from: 'test/', processes: 2 },
];

/**
 * What each process runs of these test files, under a name that sorts as they start. The name ends in `-once` where all
 * files are alike on both databases: who runs the tests on one after the other may leave those out the second time.
 */
export function processesOf(
  files: readonly string[],
  isAlike: (file: string) => boolean,
): { name: string; files: string[] }[] {
  const rest = new Set([...files].sort());
  return lanes.flatMap(({ name, from, alike, processes }, place) => {
    const ours = [...rest].filter((file) => file.startsWith(from) && (!alike || isAlike(file)));
    for (const file of ours) rest.delete(file);
    return Array.from({ length: processes }, (_, share) => ({
      name: `${place + 1}-${name}${processes > 1 ? `-${share + 1}` : ''}${ours.every(isAlike) ? '-once' : ''}`,
      files: ours.filter((_, index) => index % processes === share),
    }));
  });
}
