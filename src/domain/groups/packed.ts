/** Whole numbers of 32 bits one after another, in a fraction of the memory that a list of objects takes. */
export interface Packed {
  readonly length: number;
  /** Adds one; gives its place. */
  push(value: number): number;
  /** 0 beyond the end. */
  at(place: number): number;
  set(place: number, value: number): void;
}

/** An empty list of them; of ids, which may be larger, with `Float64Array`. */
export function packed(kind: typeof Int32Array | typeof Float64Array = Int32Array): Packed {
  let values = new kind(1_024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push: (value) => {
      if (length === values.length) values = grown(values, kind);
      values[length] = value;
      length += 1;
      return length - 1;
    },
    at: (place) => values[place] ?? 0,
    set: (place, value) => {
      values[place] = value;
    },
  };
}

function grown<T extends Int32Array | Float64Array>(values: T, kind: new (length: number) => T): T {
  const larger = new kind(2 * values.length);
  larger.set(values);
  return larger;
}

/** Numbers what is known by a pair of 32-bit hashes: the first is 0, a pair that was there keeps its number. */
export function numbering(): (one: number, other: number) => number {
  const [ones, others] = [packed(), packed()];
  // A number more than what is there; 0 where a slot is free.
  let slots = new Int32Array(2_048);
  const slotOf = (one: number, other: number) => {
    let slot = one & (slots.length - 1);
    for (let number = slots[slot]; number; number = slots[slot]) {
      if (ones.at(number - 1) === one && others.at(number - 1) === other) break;
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  };
  const spread = () => {
    slots = new Int32Array(2 * slots.length);
    for (let number = 1; number <= ones.length; number += 1)
      slots[slotOf(ones.at(number - 1), others.at(number - 1))] = number;
  };
  return (one, other) => {
    const [first, second] = [one | 0, other | 0];
    const found = slots[slotOf(first, second)];
    if (found) return found - 1;
    if (2 * ones.length >= slots.length) spread();
    slots[slotOf(first, second)] = ones.length + 1;
    others.push(second);
    return ones.push(first);
  };
}
