// Searches for a proof of work (docs/adr/0021): for each piece the first number whose hash begins with enough zeros.
// SHA-256 of our own, since browsers offer theirs over https only, and slowly for many short texts.

const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);

const fraction = (root) => ((root % 1) * 2 ** 32) | 0;
const constants = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const start = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const words = new Int32Array(64);

self.onmessage = ({ data: { id, pieces, bits } }) => {
  const found = [];
  for (let piece = 0; piece < pieces; piece++) found.push(search(`${id}:${piece}:`, bits));
  self.postMessage(found.join(','));
};

function search(prefix, bits) {
  for (let n = 0; ; n++) if (firstWord(prefix + n) >>> (32 - bits) === 0) return n;
}

/** The first 32 bits of SHA-256 (FIPS 180-4) over at most 55 characters of ASCII, which are one block. */
function firstWord(text) {
  fillBlock(text);
  let a = start[0];
  let b = start[1];
  let c = start[2];
  let d = start[3];
  let e = start[4];
  let f = start[5];
  let g = start[6];
  let h = start[7];
  for (let i = 0; i < 64; i++) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[i] + words[i]) | 0;
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  return (a + start[0]) | 0;
}

function fillBlock(text) {
  words.fill(0, 0, 16);
  for (let i = 0; i < text.length; i++) words[i >> 2] |= text.charCodeAt(i) << (24 - (i & 3) * 8);
  words[text.length >> 2] |= 0x80 << (24 - (text.length & 3) * 8);
  words[15] = text.length * 8;
  for (let i = 16; i < 64; i++) {
    const s0 = turned(words[i - 15], 7) ^ turned(words[i - 15], 18) ^ (words[i - 15] >>> 3);
    const s1 = turned(words[i - 2], 17) ^ turned(words[i - 2], 19) ^ (words[i - 2] >>> 10);
    words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
  }
}

function turned(word, by) {
  return (word >>> by) | (word << (32 - by));
}
