import type { FastifyReply } from 'fastify';
import { requireApproval } from '../../../actions/require-approval.ts';
import { type FormBody, raw } from '../../forms.ts';
import { goTo } from '../page.ts';
import type { Visit } from '../visit.ts';

/** Sets whether the agency publishes only what a second officer approved. */
export async function takeApprovalSwitch(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  const required = raw((request.body ?? {}) as FormBody, 'required') === 'yes';
  await requireApproval(site.db, { officer, required }, now);
  return goTo(visit, '/desk/officers?done=approvalSwitched');
}
