import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import t from 'tap';
import {
  type AttachedFile,
  type AttachmentKind,
  attachmentName,
  attachmentTypes,
  type CheckedAttachment,
  largestAttachment,
} from '../../src/domain/attachment.ts';
import { checkAttachment } from '../../src/intake/attachment/check.ts';
import { createChecker } from '../../src/intake/off-thread.ts';
import { photo } from '../fixtures/photo.ts';
import { docxParts, p, tinyDocx } from './docx-parts.ts';
import { tinyZip } from './docx-zip.ts';
import { lines, tinyPdf } from './tiny-pdf.ts';

const pdf = Buffer.from(tinyPdf([lines(['第一条 甲。'])]));
const locked = Buffer.from(tinyPdf([lines(['第一条 甲。'])], { password: true }));
const docx = tinyDocx(p('第一条 甲。'));
const png = () =>
  sharp({ create: { width: 40, height: 30, channels: 4, background: '#0078' } })
    .png()
    .toBuffer();

t.test('each kind of file is taken by its content, whatever it is called', async (t) => {
  const cases: readonly (readonly [string, Uint8Array, string, string])[] = [
    ['意见.pdf', pdf, '意见.pdf', 'application/pdf'],
    ['加密.PDF', locked, '加密.pdf', 'application/pdf'],
    ['意见.docx', docx, '意见.docx', attachmentTypes.docx],
    ['意见.doc', docx, '意见.docx', attachmentTypes.docx],
    ['照片.JPEG', await photo(), '照片.jpeg', 'image/jpeg'],
    ['照片.png', await photo(), '照片.jpg', 'image/jpeg'],
    ['图.txt', await png(), '图.png', 'image/png'],
    ['意见', pdf, '意见.pdf', 'application/pdf'],
    ['意见.txt', Buffer.from('𠮷村尚未通水'), '意见.txt', 'text/plain'],
  ];
  for (const [given, bytes, name, mediaType] of cases) {
    const file = taken(await checkAttachment(bytes, given));
    t.same([file.name, file.mediaType], [name, mediaType], given);
    t.equal(file.size, file.bytes.length);
    t.equal(file.sha256, createHash('sha256').update(file.bytes).digest('hex'));
    if (!mediaType.startsWith('image/'))
      t.same(Buffer.from(file.bytes), Buffer.from(bytes), 'kept as it came');
  }
});

t.test('texts are taken in the encodings people use, byte for byte', async (t) => {
  const gb = Buffer.from('bda8d2e9d0b4c3f7bcecb2e2cfeec4bfa1a3', 'hex'); // 建议写明检测项目。
  const wide = Buffer.from('\ufeff建议写明检测项目。', 'utf16le');
  for (const bytes of [gb, wide])
    t.same(Buffer.from(taken(await checkAttachment(bytes, 'a.txt')).bytes), bytes);
});

t.test('a picture loses place, time and camera, and stands upright', async (t) => {
  const sent = await photo();
  t.match(sent.toString('latin1'), /GPS place of the test/, 'the camera wrote a place into it');
  t.match(await sharp(sent).metadata(), { width: 60, height: 40, orientation: 6 });
  const { bytes } = taken(await checkAttachment(sent, '照片.jpg'));
  const kept = await sharp(bytes).metadata();
  t.match(kept, { format: 'jpeg', width: 40, height: 60 });
  for (const trace of ['exif', 'xmp', 'iptc', 'icc', 'orientation', 'comments'] as const)
    t.equal(kept[trace], undefined, trace);
  t.notMatch(Buffer.from(bytes).toString('latin1'), /GPS|Exif|camera/);
  const painted = await sharp(await png())
    .withExif({ IFD0: { Artist: 'camera' } })
    .png()
    .toBuffer();
  t.match(painted.toString('latin1'), 'camera');
  t.notMatch(Buffer.from(taken(await checkAttachment(painted, 'a.png')).bytes).toString('latin1'), 'camera');
});

t.test('what is none of these files, or broken, is refused with its reason', async (t) => {
  const jpg = await photo();
  const whole = await png();
  const macro = 'application/vnd.ms-word.document.macroEnabled.main+xml';
  const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ['空.pdf', Buffer.alloc(0), 'empty'],
    ['大.txt', Buffer.alloc(largestAttachment + 1, 'a'), 'tooLarge'],
    ['程序.pdf', Buffer.from('MZ\x90\0\x03'), 'unknownKind'],
    ['程序.txt', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), 'unknownKind'],
    ['零.txt', Buffer.from(`${'甲'.repeat(500)}\0`), 'unknownKind'],
    ['网页.html', Buffer.from('<!doctype html><script>alert(1)</script>'), 'unknownKind'],
    ['图.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'unknownKind'],
    ['网页.pdf', Buffer.from('<!doctype html><title>404</title>'), 'unknownKind'],
    ['图.gif', Buffer.from('GIF89a'), 'unknownKind'],
    ['旧.doc', Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'oldOffice'],
    ['旧.txt', Buffer.from('{\\rtf1 a}'), 'oldOffice'],
    ['半个.pdf', pdf.subarray(0, pdf.length - 20), 'corrupt'],
    ['半个.docx', docx.subarray(0, docx.length / 2), 'corrupt'],
    ['半个.jpg', jpg.subarray(0, jpg.length - 200), 'corrupt'],
    ['半个.png', whole.subarray(0, whole.length - 60), 'corrupt'],
    ['只有头.jpg', Buffer.from('ffd8ffe000104a464946', 'hex'), 'corrupt'],
    ['表.docx', tinyDocx(p('甲'), { mainType: sheet }), 'unknownKind'],
    ['压缩包.docx', tinyZip([{ name: 'a.txt', content: '甲' }]), 'unknownKind'],
    ['宏.docx', tinyDocx(p('甲'), { mainType: macro }), 'macros'],
    ['锁.docx', tinyZip(docxParts('').map((part) => ({ ...part, isEncrypted: true }))), 'encrypted'],
  ];
  for (const [name, bytes, refusal] of cases) t.same(await checkAttachment(bytes, name), { refusal }, name);
});

t.test('what unfolds beyond measure is refused before it does', async (t) => {
  const spaces = {
    name: 'word/media/a.bin',
    isPacked: true,
    content: ' '.repeat(30_000_000),
    claimedSize: 10,
  };
  const bomb = tinyZip([...docxParts(p('甲')), spaces]);
  t.ok(bomb.length < 100_000);
  t.same(await checkAttachment(bomb, 'a.docx'), { refusal: 'zipBomb' });
  // A header alone: 30,000 × 30,000 pixels that were never drawn.
  t.same(await checkAttachment(pngHeader(30_000, 30_000), 'a.png'), { refusal: 'tooManyPixels' });
});

t.test('files are checked in threads of their own, within their limits', async (t) => {
  const checker = createChecker();
  t.teardown(() => checker.close());
  const sent = await photo();
  const [kept, refused] = await Promise.all([
    checker.check(sent, '照片.jpg'),
    checker.check(Buffer.from('x'), 'a.pdf'),
  ]);
  t.equal(taken(kept).mediaType, 'image/jpeg');
  t.equal(taken(kept).sha256, createHash('sha256').update(taken(kept).bytes).digest('hex'));
  t.same(refused, { refusal: 'unknownKind' });
  const hasty = createChecker({ timeMs: 1 });
  t.teardown(() => hasty.close());
  const heavy = Buffer.alloc(largestAttachment, '县');
  t.same(await hasty.check(heavy, 'a.txt'), { refusal: 'tookTooLong' });
});

t.test(
  'a name has no folder and no hidden character, is not long, and ends as its content does',
  async (t) => {
    const cases: readonly (readonly [string, AttachmentKind, string])[] = [
      ['../../etc/passwd', 'txt', 'passwd.txt'],
      ['C:\\Users\\朱\\照片.JPG', 'jpg', '照片.jpg'],
      ['发票\u202efdp.exe', 'pdf', '发票fdp.exe.pdf'],
      ['方案v1.2', 'docx', '方案v1.2.docx'],
      ['.pdf', 'pdf', '附件.pdf'],
      ['a"b<c>|?*:.pdf', 'pdf', 'a_b_c_____.pdf'],
      ['一\r\n二\u200b三.txt', 'txt', '一 二三.txt'],
    ];
    for (const [given, kind, name] of cases) t.equal(attachmentName(given, kind), name);
    const kinds = fc.constantFrom(...(Object.keys(attachmentTypes) as AttachmentKind[]));
    const names = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
    );
    fc.assert(
      fc.property(names, kinds, (given, kind) => {
        const name = attachmentName(given, kind);
        return (
          [...name].length <= 100 &&
          !/[\p{Cc}\p{Cf}/\\<>:"|?*]|^[.\s]/u.test(name) &&
          /[^.\s]\.\w+$/u.test(name) &&
          attachmentName(name, kind) === name
        );
      }),
      { numRuns: 2000 },
    );
  },
);

function taken(checked: CheckedAttachment): AttachedFile {
  if ('refusal' in checked) throw new Error(`refused: ${checked.refusal}`);
  return checked;
}

function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(17);
  header.write('IHDR', 'latin1');
  header.writeUInt32BE(width, 4);
  header.writeUInt32BE(height, 8);
  header.writeUInt8(8, 12);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\r', 'latin1'),
    header,
    sum(header),
    Buffer.from([0, 0, 0, 0]),
    Buffer.from('IDAT'),
    sum(Buffer.from('IDAT')),
  ]);
}

function sum(bytes: Buffer): Buffer {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(crc32(bytes));
  return four;
}
