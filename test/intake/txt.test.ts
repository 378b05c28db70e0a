import fc from 'fast-check';
import t from 'tap';
import { largestFile } from '../../src/domain/import.ts';
import { readFile } from '../../src/intake/read.ts';
import { readTxt } from '../../src/intake/txt.ts';
import { encoded, utf16 } from './encoded.ts';

const simplified =
  '清源县河道保洁办法\n第一条　为了加强河道保洁，保障行洪安全，制定本办法。\n第二条 保洁每日1次。\n';
const traditional =
  '清源縣河道保潔辦法\n第一條　為了加強河道保潔，保障行洪安全，訂定本辦法。\n第二條 保潔每日1次。\n';
const guessed = [{ key: 'guessedEncoding', count: 1 }];

t.test('a text is read in every encoding that offices use, and a guess is owned up to', async (t) => {
  const cases: readonly [string, Uint8Array, string, unknown[]][] = [
    ['UTF-8', Buffer.from(simplified), simplified, []],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${simplified}`), simplified, []],
    ['UTF-16 with a mark', utf16(`\ufeff${simplified}`, 'little'), simplified, []],
    ['UTF-16 with a mark, turned', utf16(`\ufeff${traditional}`, 'big'), traditional, []],
    ['UTF-16', utf16(simplified, 'little'), simplified, guessed],
    ['UTF-16, turned', utf16(simplified, 'big'), simplified, guessed],
    ['UTF-16 of Han characters alone', utf16('河道保洁管理办法', 'little'), '河道保洁管理办法', guessed],
    ['GB 18030', encoded(simplified, 'gb18030'), simplified, guessed],
    ['GB 18030, traditional', encoded(traditional, 'gb18030'), traditional, guessed],
    ['Big5', encoded(traditional, 'big5'), traditional, guessed],
  ];
  for (const [name, bytes, text, notes] of cases)
    t.same(await readFile(bytes, 'a.txt'), { kind: 'txt', text: text.trim(), notes }, name);
});

t.test('a broken character in UTF-8 does not make the rest unreadable', async (t) => {
  const bytes = Buffer.concat([Buffer.from(simplified.repeat(3)), Buffer.from('河道').subarray(0, 5)]);
  t.same(await readTxt(bytes), { kind: 'txt', text: `${simplified.repeat(3)}河\ufffd`, notes: guessed });
});

t.test('whatever ends a line or a page becomes a line end', async (t) => {
  const result = await readTxt(Buffer.from('一\r\n二\r三\f四\v五\u2028六'));
  t.match(result, { text: '一\n二\n三\n四\n五\n六' });
});

t.test('what a file is follows from its content, not its name', async (t) => {
  t.match(await readFile(Buffer.from(simplified), 'a.docx'), { kind: 'txt' });
  t.match(await readFile(Buffer.from('<html><body><p>第一条 条文。'), 'a.doc'), { kind: 'html' });
  t.match(await readFile(Buffer.from('第一条 <b>条文</b><br>第二条'), 'a.htm'), {
    text: '第一条 条文\n第二条',
  });
  t.match(await readFile(Buffer.from('若 a<b 则第一条'), 'a.txt'), { kind: 'txt' });
  t.match(await readFile(utf16('\ufeff<html><body><p>第一条', 'little'), 'a'), {
    kind: 'html',
    text: '第一条',
  });
});

t.test('what is no draft is refused with its reason', async (t) => {
  const compound = (stream: string) =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512), utf16(stream, 'little')]);
  const cases: readonly [string, Uint8Array, string][] = [
    ['nothing', new Uint8Array(), 'empty'],
    ['space only', Buffer.from(' \r\n\u3000\ufeff\u200b'), 'empty'],
    ['a page without text', Buffer.from('<html><body><script>a()</script>'), 'empty'],
    ['more than the limit', Buffer.alloc(largestFile + 1, 'a'), 'tooLarge'],
    ['an old Word file', compound('WordDocument'), 'oldWord'],
    ['a Word file with a password', compound('EncryptedPackage'), 'encrypted'],
    ['an old spreadsheet', compound('Workbook'), 'unknownKind'],
    ['RTF', Buffer.from('{\\rtf1\\ansi text}'), 'oldWord'],
    [
      'Word 2003 XML',
      Buffer.from('<?xml version="1.0"?><?mso-application progid="Word.Document"?>'),
      'oldWord',
    ],
    [
      'a page in one mail',
      Buffer.from('MIME-Version: 1.0\r\nContent-Type: multipart/related'),
      'unknownKind',
    ],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), 'unknownKind'],
    ['a program', Uint8Array.from({ length: 4000 }, (_, index) => (index * 7919) % 251), 'unknownKind'],
  ];
  for (const [name, bytes, refusal] of cases) t.same(await readFile(bytes, 'a.txt'), { refusal }, name);
});

t.test('any bytes give a text or a reason', async () => {
  const property = fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.string(), async (bytes, name) => {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) return true;
    const result = await readFile(bytes, name);
    return 'refusal' in result || /\S/.test(result.text);
  });
  await fc.assert(property, { numRuns: 300 });
});

t.test('what no database stores, and what hides or turns text, does not come in with a file', async (t) => {
  const hostile = '第一条　为了\u202e保洁\u2066。\ufffb\n第二条　每日1次。\n';
  t.same(await readFile(Buffer.from(hostile), 'a.txt'), {
    kind: 'txt',
    text: '第一条　为了保洁。\n第二条　每日1次。',
    notes: [],
  });
});

t.test('any Unicode text comes back as it was, line ends aside', async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((each) => /[^\s\p{C}]/u.test(each));
  const property = fc.asyncProperty(text, async (each) => {
    const result = await readTxt(Buffer.from(each));
    return 'text' in result && result.text.replace(/\s/g, '') === each.replace(/^\ufeff|\s/g, '');
  });
  await fc.assert(property, { numRuns: 300 });
});
