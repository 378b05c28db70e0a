// The first that fits names it: browsers call themselves by the names of others, too.
const browsers: readonly (readonly [mark: string, name: string])[] = [
  ['MicroMessenger/', '微信'],
  ['Edg', 'Edge'],
  ['Firefox/', 'Firefox'],
  ['FxiOS/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['CriOS/', 'Chrome'],
  ['Safari/', 'Safari'],
];
const systems: readonly (readonly [mark: string, name: string])[] = [
  ['OpenHarmony', 'HarmonyOS'],
  ['Windows', 'Windows'],
  ['Android', 'Android'],
  ['iPhone', 'iOS'],
  ['iPad', 'iPadOS'],
  ['Macintosh', 'macOS'],
  ['Linux', 'Linux'],
];

/** A browser and its system in a few words, such as `Chrome，Windows`, by what it says of itself; empty when unknown. */
export function browserName(userAgent: string): string {
  return [nameIn(userAgent, browsers), nameIn(userAgent, systems)].filter(Boolean).join('，');
}

function nameIn(text: string, names: readonly (readonly [mark: string, name: string])[]): string {
  return names.find(([mark]) => text.includes(mark))?.[1] ?? '';
}
