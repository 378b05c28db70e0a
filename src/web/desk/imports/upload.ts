import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { largestFile } from '../../../domain/import.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True for the few forms that may carry a file. */
    readonly takesFile?: boolean;
  }
  interface FastifyRequest {
    /** The file of a form, read whole; null when there is none. */
    upload: Upload | null;
  }
}

/** A file as it was sent; `bytes` is null when it is larger than the largest file, and then nothing of it is kept. */
export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array | null;
}

const largestForm = 20 * 1024 * 1024;
// A letter with a hundred comments has about four hundred.
const mostFields = 500;

/**
 * Reads forms with a file, on routes that say `takesFile`, before anything asks for the token: the fields become
 * `request.body` as from any other form, the file's name among them, the file itself becomes `request.upload`.
 */
export async function registerUploads(app: FastifyInstance): Promise<void> {
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: {
      fileSize: largestFile,
      files: 1,
      fields: mostFields,
      parts: mostFields + 1,
      fieldSize: largestForm,
    },
  });
  app.decorateRequest('upload', null);
  app.addHook('preValidation', async (request) => {
    if (request.isMultipart()) await readParts(request);
  });
}

async function readParts(request: FastifyRequest): Promise<void> {
  if (!request.routeOptions.config.takesFile) throw refusal(415);
  const body: Record<string, string> = {};
  let length = 0;
  for await (const part of request.parts()) {
    if (part.type === 'file') await readFile(request, part, body);
    else {
      length += String(part.value).length;
      if (part.valueTruncated || length > largestForm) throw refusal(413);
      body[part.fieldname] = String(part.value);
    }
  }
  request.body = body;
}

// Who is not signed in makes us keep no bytes; the form is refused later, with its words.
async function readFile(
  request: FastifyRequest,
  part: MultipartFile,
  body: Record<string, string>,
): Promise<void> {
  const name = part.filename ?? '';
  if (name !== '') body[part.fieldname] = name;
  if (request.session.officerId === undefined) {
    part.file.resume();
    return;
  }
  const bytes = await part.toBuffer();
  if (name !== '') request.upload = { name, bytes: part.file.truncated ? null : bytes };
}

function refusal(statusCode: 413 | 415): Error {
  return Object.assign(new Error('this form cannot be taken'), { statusCode });
}
