import { describe, expect, it } from '@jest/globals';
import { receiptTemplateId, wechatDefaults } from './defaults.js';
import type { Template } from './defaults.js';
import { fieldComplaint, fieldKeys } from './field-grammar.js';

const one = (key: string): Template => ({
  priTmplId: 't',
  title: '测试',
  content: `内容:{{${key}.DATA}}\n`,
  example: '',
  type: 2,
  keywordEnumValueList: [{ keywordCode: 'enum_string9', enumValueList: ['成功', '失败'] }],
});

const complaint = (key: string, value: unknown): string | null =>
  fieldComplaint(one(key), { [key]: { value } });

describe('the field grammar', () => {
  it('takes what the platform takes', () => {
    const good: [string, string][] = [
      ['thing2', '一食堂'],
      ['thing2', '食'.repeat(20)],
      ['number1', '-12.50'],
      ['letter1', 'ABC'],
      ['symbol1', '+-*'],
      ['character_string4', 'B3-0427'],
      ['time3', '11:58'],
      ['time3', '2026-11-22 11:58'],
      ['time3', '2026年11月22日 11:58~2026年11月22日 12:30'],
      ['date1', '2026-11-22'],
      ['amount1', '¥12.50'],
      ['amount1', '12元'],
      ['phone_number1', '+86-0766-66888866'],
      ['car_number1', '粤A8Z888挂'],
      ['name1', '张伟'],
      ['phrase1', '配送中'],
      ['enum_string9', '成功'],
    ];
    expect(good.filter(([key, value]) => complaint(key, value) !== null)).toEqual([]);
  });

  it('refuses what the platform refuses, naming the field', () => {
    const bad: [string, unknown][] = [
      ['thing2', '食'.repeat(21)],
      ['thing2', '一\n二'],
      ['number1', '1'.repeat(33)],
      ['letter1', 'A1'],
      ['character_string4', '编号1'],
      ['time3', '25:00'],
      ['time3', '2026-11-22T11:58:00Z'],
      ['amount1', '12345678901'],
      ['amount1', '¥¥1'],
      ['phone_number1', '1'.repeat(18)],
      ['name1', '张*'],
      ['phrase1', '配送中配送中'],
      ['enum_string9', '也许'],
      ['thing2', 12],
    ];
    for (const [key, value] of bad) {
      expect([value, complaint(key, value)]).toEqual([
        value,
        `argument invalid! data.${key}.value invalid`,
      ]);
    }
  });

  it('wants exactly the keys of the template', () => {
    const template = wechatDefaults.templates[0] as Template;
    expect(template.priTmplId).toBe(receiptTemplateId);
    expect(fieldKeys(template)).toEqual(['amount1', 'thing2', 'time3', 'character_string4']);
    expect(complaint('thing2', '')).toBe('argument invalid! data.thing2.value is emtpy');
    expect(fieldComplaint(one('thing1'), { thing01: { value: '食' } })).toContain('thing1');
    const extra = { thing1: { value: '食' }, thing2: { value: '食' } };
    expect(fieldComplaint(one('thing1'), extra)).toBe('argument invalid! data.thing2 invalid');
  });
});
