import { describe, expect, it } from '@jest/globals';
import { allows } from './roles.js';

describe('roles', () => {
  it('allows an administrator everything', () => {
    expect(allows(['administrator'], 'settlement.close')).toBe(true);
    expect(allows(['administrator'], 'staff.create')).toBe(true);
  });

  it('lets an auditor read and change nothing', () => {
    expect(allows(['auditor'], 'settlement.read')).toBe(true);
    expect(allows(['auditor'], 'audit.read')).toBe(true);
    expect(allows(['auditor'], 'settlement.close')).toBe(false);
  });

  it('keeps the cashier office away from staff and campaigns', () => {
    expect(allows(['cashier-office'], 'funding.import')).toBe(true);
    expect(allows(['cashier-office'], 'staff.create')).toBe(false);
    expect(allows(['cashier-office'], 'campaigns.write')).toBe(false);
  });

  it('keeps marketing to campaigns', () => {
    expect(allows(['marketing'], 'campaigns.write')).toBe(true);
    expect(allows(['marketing'], 'payments.read')).toBe(false);
  });

  it('adds up the roles that somebody holds', () => {
    expect(allows(['auditor', 'marketing'], 'campaigns.write')).toBe(true);
    expect(allows(['auditor', 'marketing'], 'payments.read')).toBe(true);
  });

  it('allows nothing by a role that no longer exists or is the name of something else', () => {
    expect(allows(['janitor', 'constructor'], 'payments.read')).toBe(false);
    expect(allows([], 'payments.read')).toBe(false);
  });
});
