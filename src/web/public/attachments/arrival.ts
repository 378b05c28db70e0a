import multipart, { type MultipartFile, type MultipartValue } from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { largestAttachment } from '../../../domain/attachment.ts';
import type { Issue } from '../../../domain/issue.ts';
import type { FormBody } from '../../forms.ts';
import type { Site } from '../../site.ts';
import { type FileTaker, fileTaker } from './taking.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True for the form that people attach files to. */
    readonly takesFiles?: boolean;
  }
  interface FastifyRequest {
    /** What became of the files that came with a form; null when it could carry none. */
    arrivedFiles: ArrivedFiles | null;
  }
}

/** The ids of the files that were stored with the form, and what kept others out. */
export interface ArrivedFiles {
  readonly ids: number[];
  readonly issues: Issue[];
}

const longestForm = 20 * 1024 * 1024;
// More files than a form takes may be chosen; each of them is told.
const limits = { fileSize: largestAttachment, files: 50, fields: 1_500, fieldSize: longestForm };

/**
 * Reads forms with files, on routes that say `takesFiles`. The fields become `request.body` as from any other form, as far
 * as they were read, whatever comes after; each file is stored before the next is read.
 */
export async function registerArrival(app: FastifyInstance, site: Site): Promise<void> {
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { ...limits, parts: limits.files + limits.fields },
  });
  app.decorateRequest('arrivedFiles', null);
  const take = fileTaker(site);
  app.addHook('preValidation', (request, reply, done) => {
    if (!request.isMultipart()) return done();
    if (!request.routeOptions.config.takesFiles) return done(refusal(415));
    readParts(request, reply, take).then(
      () => done(),
      (error: Error) => {
        // What is not read must still flow, or the answer would not be heard.
        request.raw.unpipe();
        request.raw.resume();
        done(error);
      },
    );
  });
}

async function readParts(request: FastifyRequest, reply: FastifyReply, take: FileTaker): Promise<void> {
  const body: Record<string, string | string[]> = {};
  const arrived: ArrivedFiles = { ids: [], issues: [] };
  request.body = body;
  request.arrivedFiles = arrived;
  let length = 0;
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      length += addField(body, part);
      if (part.valueTruncated || length > longestForm) throw refusal(413);
    } else if (isChosen(part)) await take({ request, reply, body: body as FormBody, arrived }, part);
    else part.file.resume();
  }
}

/** Adds a field as other forms have it, a list when its name comes again; gives its length. */
function addField(body: Record<string, string | string[]>, part: MultipartValue): number {
  const value = String(part.value);
  const known = body[part.fieldname];
  body[part.fieldname] = known === undefined ? value : [known, value].flat();
  return value.length;
}

function isChosen(part: MultipartFile): boolean {
  return (part.filename ?? '') !== '';
}

function refusal(statusCode: 413 | 415): Error {
  return Object.assign(new Error('this form cannot be taken'), { statusCode });
}
