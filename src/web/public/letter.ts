import type { Announcement } from '../../domain/announcement-issues.ts';
import type { Notice } from '../../domain/feedback-notice.ts';
import { gridWidth } from '../../domain/official-document.ts';
import { officialDay } from '../../domain/shanghai.ts';
import { agenciesIn } from '../../domain/signature.ts';
import type { Letterlike } from './shapes.ts';

/** The announcement's text without what is set on its own: title, number, addressee, signature and date. */
export function announcementLetter(announcement: Announcement): Letterlike {
  const { title, documentNumber, addressee, agencyName, announcedOn } = announcement;
  const date = announcedOn && officialDay(announcedOn);
  const signatures = agenciesIn(agencyName);
  const apart = new Set(
    [title, documentNumber, addressee, agencyName, ...signatures, date, '公告内容'].map(packed),
  );
  const lines = announcement.text.split('\n').filter((line) => line.trim() !== '');
  const paragraphs = lines.filter((line) => !apart.has(packed(line)));
  // The date that counts is the field's, whatever the pasted text still says.
  if (/^\d{4}年\d{1,2}月\d{1,2}日$/.test(packed(paragraphs.at(-1) ?? ''))) paragraphs.pop();
  return {
    heading: title,
    number: documentNumber,
    addressee: addressee.replace(/[:：]?$/, addressee ? '：' : ''),
    paragraphs,
    signatures,
    date: announcedOn,
    longDate: isLongDate(date, signatures.at(-1) ?? ''),
  };
}

/** The feedback notice in the same form. */
export function noticeLetter(notice: Notice): Letterlike {
  const { title, paragraphs, signatures, date } = notice;
  const longDate = isLongDate(officialDay(date), signatures.at(-1) ?? '');
  return { heading: title, number: '', addressee: '', paragraphs, signatures, date, longDate };
}

/** A heading in the words it may be broken between; brackets keep what they hold together. None is longer than a line. */
export function headingWords(heading: string): string[] {
  return heading
    .split(/(（[^（）]{1,12}）)/)
    .flatMap((part) => (part.startsWith('（') ? [part] : wordsOf(part)));
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

function wordsOf(text: string): string[] {
  return [...segmenter.segment(text)].flatMap((each) => each.segment.match(/.{1,14}/gsu) ?? []);
}

function isLongDate(date: string, signature: string): boolean {
  return gridWidth(date) > gridWidth(signature);
}

function packed(text: string): string {
  return text.replace(/\s/gu, '').replace(/：$/, ':');
}
