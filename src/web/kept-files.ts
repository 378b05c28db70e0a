/** Files that were made of what the database said, kept while it says the same. */
export interface KeptFiles {
  /** The file of this key, made once per version of the public content; undefined where `make` knows none. */
  get(key: string, make: () => Promise<Uint8Array | undefined>): Promise<Uint8Array | undefined>;
}

const most = 20;

/** Keeps few files in memory: a crowd that downloads one has it made once. `version` is never older than its call. */
export function createKeptFiles(version: () => Promise<number>): KeptFiles {
  const files = new Map<
    string,
    { readonly version: number; readonly file: Promise<Uint8Array | undefined> }
  >();
  return {
    async get(key, make) {
      const current = await version();
      const known = files.get(key);
      if (known?.version === current) return known.file;
      const file = make();
      files.delete(key);
      files.set(key, { version: current, file });
      file.catch(() => files.delete(key));
      for (const oldest of files.keys()) {
        if (files.size <= most) break;
        files.delete(oldest);
      }
      return file;
    },
  };
}
