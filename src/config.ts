import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import { type Mailbox, readMailboxes } from './mailbox-setting.ts';

export type { Mailbox } from './mailbox-setting.ts';

/** Everything that is set from outside; `.env.example` and docs/operating.md say what each means. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Without a closing slash. */
  readonly publicUrl: string;
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  readonly mailboxes: readonly Mailbox[];
  readonly secretKey: string;
  readonly logLevel: string;
  readonly trustProxy: string | false;
  /** The instant at which the clock starts, or undefined for the real time. */
  readonly clockStart: Date | undefined;
  readonly sampleData: boolean;
  /** Working days after the closing within which feedback is owed: the agency's own rule, not law. */
  readonly feedbackDays: number;
}

/** Settings that cannot be used; the message names each and says what would do. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`These settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

export const settingNames = [
  'NODE_ENV',
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'DATABASE_URL',
  'DATA_DIR',
  'SMTP_URL',
  'MAIL_FROM',
  'MAILBOXES',
  'SECRET_KEY',
  'LOG_LEVEL',
  'TRUST_PROXY',
  'CLOCK',
  'SAMPLE_DATA',
  'FEEDBACK_DAYS',
] as const;
type Setting = (typeof settingNames)[number];
type Environment = Readonly<Record<string, string | undefined>>;

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Reads and checks the environment. Throws ConfigError naming every setting that cannot be used. */
export function loadConfig(environment: Environment = process.env): Config {
  const problems: string[] = [];
  const get = (name: Setting) => environment[name]?.trim() || undefined;
  const refuse = (problem: string) => void problems.push(problem);

  const production = get('NODE_ENV') === 'production';
  const host = get('HOST') ?? '127.0.0.1';
  const port = readWhole('PORT', get('PORT') ?? '3000', [0, 65_535], refuse);
  const publicUrl = readUrl(
    'PUBLIC_URL',
    get('PUBLIC_URL') ?? `http://localhost:${port}`,
    ['http:', 'https:'],
    refuse,
  );
  const databaseUrl = get('DATABASE_URL');
  if (databaseUrl) readUrl('DATABASE_URL', databaseUrl, ['postgres:', 'postgresql:'], refuse);
  const smtpUrl = get('SMTP_URL');
  if (smtpUrl) readUrl('SMTP_URL', smtpUrl, ['smtp:', 'smtps:'], refuse);
  const mailboxes = readMailboxes(get('MAILBOXES'), refuse);
  const logLevel = get('LOG_LEVEL') ?? 'info';
  if (!logLevels.includes(logLevel)) refuse(`LOG_LEVEL must be one of ${logLevels.join(', ')}`);
  const sampleData = readFlag('SAMPLE_DATA', get('SAMPLE_DATA'), !production, refuse);
  if (production && sampleData)
    refuse('SAMPLE_DATA must not be on in production: its officers have known passwords');
  const feedbackDays = readWhole('FEEDBACK_DAYS', get('FEEDBACK_DAYS') ?? '15', [1, 250], refuse);
  const clockStart = readClock(get('CLOCK'), production, refuse);
  const trustProxy = readTrust(get('TRUST_PROXY'), refuse);
  const secretKey = get('SECRET_KEY');
  if (secretKey && secretKey.length < 32) refuse('SECRET_KEY must have at least 32 characters');
  if (problems.length > 0) throw new ConfigError(problems);

  const dataDir = path.resolve(get('DATA_DIR') ?? 'var');
  return {
    production,
    host,
    port,
    publicUrl,
    databaseUrl,
    dataDir,
    smtpUrl,
    mailFrom: get('MAIL_FROM') ?? 'jianyan@localhost',
    mailboxes,
    secretKey: secretKey ?? keptSecret(dataDir),
    logLevel,
    trustProxy,
    clockStart,
    sampleData,
    feedbackDays,
  };
}

/** Says the time: the real one, or one that started at `clockStart` when the process did. */
export function makeClock(clockStart: Date | undefined): () => Date {
  const ahead = clockStart ? clockStart.getTime() - Date.now() : 0;
  return () => new Date(Date.now() + ahead);
}

type Refuse = (problem: string) => void;

type Range = readonly [least: number, most: number];

function readWhole(name: Setting, text: string, [least, most]: Range, refuse: Refuse): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    refuse(`${name} must be a whole number from ${least} to ${most}, not "${text}"`);
  return value;
}

function readUrl(name: Setting, text: string, protocols: readonly string[], refuse: Refuse): string {
  const wanted = `${name} must be an address that begins with ${protocols.map((each) => `${each}//`).join(' or ')}`;
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) refuse(wanted);
  return text.replace(/\/+$/, '');
}

function readFlag(name: Setting, text: string | undefined, otherwise: boolean, refuse: Refuse): boolean {
  if (text === undefined) return otherwise;
  if (text !== 'on' && text !== 'off') refuse(`${name} must be on or off, not "${text}"`);
  return text === 'on';
}

function readClock(text: string | undefined, production: boolean, refuse: Refuse): Date | undefined {
  if (text === undefined) return undefined;
  if (production) refuse('CLOCK is for trying things out and is refused in production');
  const instant = new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T09:00:00+08:00` : text);
  if (Number.isNaN(instant.getTime()))
    refuse(`CLOCK must be an instant such as 2021-08-01T09:00:00+08:00, not "${text}"`);
  return instant;
}

// Never everybody: whoever may name an address may be anyone to the rate limits.
function readTrust(text: string | undefined, refuse: Refuse): string | false {
  if (text === undefined || text === 'off') return false;
  const trusted = text.split(',').map((each) => each.trim());
  if (trusted.every((each) => proxyNames.includes(each) || isAddressRange(each))) return text;
  refuse(
    `TRUST_PROXY must be off, or addresses such as 10.0.0.5 or 10.0.0.0/8, or ${proxyNames.join(', ')}, not "${text}"`,
  );
  return false;
}

const proxyNames = ['loopback', 'linklocal', 'uniquelocal'];

function isAddressRange(text: string): boolean {
  const [address = '', bits = '0', ...rest] = text.split('/');
  return isIP(address) > 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= 128 && rest.length === 0;
}

// Made once and kept: receipts, forms and sessions signed with it stay good across restarts.
function keptSecret(dataDir: string): string {
  const file = path.join(dataDir, 'secret-key');
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(file)) {
    try {
      writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(file, 'utf8').trim();
}
