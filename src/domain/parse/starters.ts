/** Tells quickly, before a regular expression is tried, whether a text begins with one of some characters. */
export function startsWithOneOf(characters: string): (text: string) => boolean {
  const known = tableOf(characters);
  return (text) => known[text.charCodeAt(0)] === 1;
}

/** As startsWithOneOf, of the last character. */
export function endsWithOneOf(characters: string): (text: string) => boolean {
  const known = tableOf(characters);
  return (text) => known[text.charCodeAt(text.length - 1)] === 1;
}

/** One byte for each UTF-16 unit. */
function tableOf(characters: string): Uint8Array {
  const known = new Uint8Array(0x10000);
  for (let index = 0; index < characters.length; index += 1) known[characters.charCodeAt(index)] = 1;
  return known;
}
