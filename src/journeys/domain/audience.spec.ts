import { describe, expect, it } from '@jest/globals';
import { audienceErrors, mayContainStudents, type Audience } from './audience.js';
import { audienceSql } from './audience-sql.js';
import { isAllowedLink } from './campaign.js';

const students: Audience = { op: 'group', in: ['student'] };
const staff: Audience = { op: 'group', in: ['staff', 'guest'] };

describe('an audience rule', () => {
  it.each<Audience>([
    { op: 'everyone' },
    students,
    { op: 'all', rules: [students, { op: 'spent', atLeast: 5000, days: 7 }] },
    {
      op: 'any',
      rules: [
        { op: 'not', rule: students },
        { op: 'place_kind', in: ['gym'] },
      ],
    },
    { op: 'payments', atLeast: 3, days: 90 },
  ])('is accepted: %j', (rule) => {
    expect(audienceErrors(rule)).toEqual([]);
  });

  it.each<[unknown, string]>([
    [null, '/audience'],
    [[], '/audience'],
    [{ op: 'sql' }, '/audience/op'],
    [{ op: 'constructor' }, '/audience/op'],
    [{ op: 'group', in: [] }, '/audience/in'],
    [{ op: 'group', in: ['student', 'bank'] }, '/audience/in'],
    [{ op: 'group', in: ['student'], or: 1 }, '/audience/or'],
    [{ op: 'spent', atLeast: '1; drop table', days: 7 }, '/audience/atLeast'],
    [{ op: 'spent', atLeast: 1, days: 91 }, '/audience/days'],
    [{ op: 'all', rules: [] }, '/audience/rules'],
    [{ op: 'all', rules: [students, { op: 'x' }] }, '/audience/rules/1/op'],
    [{ op: 'not' }, '/audience/rule'],
    [deep(5), '/audience/rule/rule/rule/rule'],
    [{ op: 'any', rules: Array.from({ length: 20 }, () => students) }, '/audience/rules/19'],
  ])('is refused where it is wrong: %j', (rule, pointer) => {
    expect(audienceErrors(rule).map((error) => error.pointer)).toEqual([pointer]);
  });

  it('says itself whether a student could be meant', () => {
    expect(mayContainStudents({ op: 'everyone' })).toBe(true);
    expect(mayContainStudents(staff)).toBe(false);
    expect(mayContainStudents({ op: 'all', rules: [staff, { op: 'everyone' }] })).toBe(false);
    expect(mayContainStudents({ op: 'any', rules: [staff, { op: 'everyone' }] })).toBe(true);
    expect(mayContainStudents({ op: 'not', rule: students })).toBe(false);
    expect(mayContainStudents({ op: 'not', rule: staff })).toBe(true);
    expect(mayContainStudents({ op: 'not', rule: { op: 'not', rule: students } })).toBe(true);
  });

  it('never turns a value into SQL', () => {
    const parameters: unknown[] = ['1', '2', '3'];
    const evil = { op: 'group', in: ["student') or true --"] } as unknown as Audience;
    const sql = audienceSql({ op: 'all', rules: [evil, students] }, parameters);
    expect(sql).not.toContain('true --');
    expect(sql).toContain('$4::text[]');
    expect(parameters.slice(3)).toEqual([["student') or true --"], ['student']]);
  });
});

describe('a link of an offer', () => {
  it.each(['/', '/offers/breakfast?x=1', 'https://bank.example/a?b=c#d'])('may be %s', (link) => {
    expect(isAllowedLink(link)).toBe(true);
  });

  it.each([
    'http://bank.example/',
    '//bank.example/',
    '/\\bank.example',
    'https://bank.example/a b',
    'https://user:pw@bank.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://',
    'offers',
    '',
    'https://bank.example/\u0000',
  ])('may not be %j', (link) => {
    expect(isAllowedLink(link)).toBe(false);
  });
});

function deep(levels: number): unknown {
  return levels === 1 ? students : { op: 'not', rule: deep(levels - 1) };
}
