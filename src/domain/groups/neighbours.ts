import { bandOf, bands } from './signature.ts';

/** Which signatures share a band with another: a candidate is likely where much is shared, and seldom where little is. */
export interface Neighbours {
  add(signature: number): void;
  /** Those added that share a band with this one, each once. */
  of(signature: number): readonly number[];
}

// A band that more share says nothing about any of them, and looking at all would take for ever.
const mostInBand = 16;

/** An empty index over a list of `most` signatures, each of which may be added once. */
export function neighbours(signatures: Int32Array, most: number): Neighbours {
  const slots = 2 ** Math.ceil(Math.log2(Math.max(16, most)));
  const [firsts, lasts] = [new Int32Array(bands * slots).fill(-1), new Int32Array(bands * slots)];
  const lengths = new Uint8Array(bands * slots);
  const following = new Int32Array(bands * most);
  const members = new Int32Array(most);
  const seen = new Int32Array(most);
  let [added, asked] = [0, 0];

  const slotOf = (signature: number, band: number) => {
    return band * slots + (bandOf(signatures, signature, band) & (slots - 1));
  };
  const add = (signature: number) => {
    members[added] = signature;
    for (let band = 0; band < bands; band += 1) {
      const [slot, entry] = [slotOf(signature, band), band * most + added];
      if ((lengths[slot] as number) >= mostInBand) continue;
      following[entry] = -1;
      if (lengths[slot] === 0) firsts[slot] = entry;
      else following[lasts[slot] as number] = entry;
      lasts[slot] = entry;
      lengths[slot] = (lengths[slot] as number) + 1;
    }
    added += 1;
  };
  const of = (signature: number) => {
    const found: number[] = [];
    asked += 1;
    for (let band = 0; band < bands; band += 1)
      for (
        let entry = firsts[slotOf(signature, band)] as number;
        entry >= 0;
        entry = following[entry] as number
      ) {
        const member = members[entry % most] as number;
        if (seen[member] !== asked) found.push(member);
        seen[member] = asked;
      }
    return found;
  };
  return { add, of };
}
