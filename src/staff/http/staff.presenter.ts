import type { Approval } from '../store/approvals.store.js';
import type { AuditedDeed } from '../store/audit.store.js';
import type { Member } from '../store/members.store.js';
import type { ApprovalResponse, DeedResponse, MemberResponse } from './staff.response.js';

export const presentMember = (member: Member): MemberResponse => ({
  ...member,
  id: member.id.toString(),
  createdAt: member.createdAt.toISOString(),
});

export const presentApproval = (approval: Approval): ApprovalResponse => ({
  ...approval,
  id: approval.id.toString(),
  maker: approval.maker.toString(),
  proposedAt: approval.proposedAt.toISOString(),
  checker: approval.checker?.toString() ?? null,
  decidedAt: approval.decidedAt?.toISOString() ?? null,
});

export const presentDeed = (deed: AuditedDeed): DeedResponse => ({
  ...deed,
  id: deed.id.toString(),
  staffId: deed.staffId?.toString() ?? null,
  at: deed.at.toISOString(),
});
